import { Stack, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call';
import { draftsOf } from '../api/drafts';
import { Problem } from '../api/problem';
import { meQuery } from '../api/reads';
import { bodyOf, commandForms, fieldMeant, type Draft } from '../dossier/command-forms';
import { Dialog, SubmitOrCancel } from '../parts/dialog';
import { ErrorSummary, type FieldError } from '../parts/error-summary';
import { MomentField, ReasonField } from '../parts/fields';
import { useRuleWords } from '../parts/rule-words';
import { Failed } from '../parts/states';
import { useSending } from '../parts/use-sending';
import type { Alert } from './alert-list';

/** What is typed, and the Idempotency-Key that every attempt to send it carries. */
interface Begun {
  readonly key: string;
  readonly values: Draft;
}

interface AcknowledgeDialogProps {
  readonly alert: Alert;
  readonly close: () => void;
  readonly done: () => void;
}

const fields = commandForms.acknowledge;

/** Takes an alert up: why it is late, and by when it will be done. Sent to oversight, which knows the alert. */
export function AcknowledgeDialog({ alert, close, done }: AcknowledgeDialogProps) {
  const { t } = useTranslation('dossier');
  const ruleInWords = useRuleWords();
  const { data: me } = useSuspenseQuery(meQuery);
  const drafts = draftsOf(me.official.id, `alerts/${alert.seq}`);
  const [begun, setBegun] = useState<Begun>(() => drafts.read<Begun>() ?? { key: crypto.randomUUID(), values: {} });
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { isSending, refusal, run, forget } = useSending();
  const inputOf = (name: 'reasonCode' | 'plannedAt') => ({
    name,
    label: t(`field.${name}`),
    value: begun.values[name] ?? '',
    required: true,
    error: errors.find((one) => one.name === name)?.text,
    change: (value: string) => {
      const next = { ...begun, values: { ...begun.values, [name]: value } };
      setBegun(next);
      drafts.keep(next);
    },
  });
  const show = (wrong: readonly (readonly [string, string])[]) =>
    setErrors(wrong.map(([name, text]) => ({ name, label: t(`field.${name}`), text })));
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    forget();
    const made = bodyOf(fields, begun.values, me.timeZone);
    if ('mistakes' in made) {
      show(Object.entries(made.mistakes).map(([name, word]) => [name, t(word)]));
      return;
    }
    show([]);
    await run(async () => {
      try {
        await call(pathOf(alert), { method: 'POST', body: made.body, headers: { 'idempotency-key': begun.key } });
      } catch (problem) {
        const wrong = fieldsOf(problem).map(([name, rule]) => [name, ruleInWords(rule)] as const);
        if (wrong.length === 0) throw problem;
        show(wrong);
        return;
      }
      drafts.drop();
      done();
      close();
    });
  };
  return (
    <Dialog title={t('alerts:take-up', { code: alert.code ?? t('no-code') })} close={close} size="lg">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <ErrorSummary errors={errors} />
          {refusal !== null && <Failed error={refusal} />}
          <Text size="sm">{t('about.acknowledge')}</Text>
          <ReasonField {...inputOf('reasonCode')} />
          <MomentField {...inputOf('plannedAt')} />
          <SubmitOrCancel label={t('command.acknowledge')} isSending={isSending} cancel={close} />
        </Stack>
      </form>
    </Dialog>
  );
}

function fieldsOf(problem: unknown): readonly (readonly [string, string])[] {
  if (!(problem instanceof Problem)) return [];
  return problem.fields.flatMap(({ field, rule }) => {
    const meant = fieldMeant(fields, field);
    return meant === null ? [] : [[meant, rule] as const];
  });
}

function pathOf({ dossierId, generation, rung }: Alert): string {
  return `/api/oversight/alerts/${dossierId}/${generation}/${encodeURIComponent(rung)}/acknowledgement`;
}
