import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSendCommand } from '../api/commands';
import { draftsOf } from '../api/drafts';
import { Problem } from '../api/problem';
import { approvalsQuery, meQuery, papersQuery, useNames } from '../api/reads';
import type { DossierView, PostHolder } from '../api/views';
import { Dialog } from '../parts/dialog';
import { ErrorSummary, type FieldError } from '../parts/error-summary';
import { fieldId } from '../parts/fields';
import { useRuleWords } from '../parts/rule-words';
import { Failed } from '../parts/states';
import { CommandFieldInput } from './command-field';
import { bodyOf, commandForms, fieldMeant, type CommandField, type Draft, type FormName } from './command-forms';

/** A command that was begun: what is typed, and the Idempotency-Key that every attempt to send it carries. */
interface Begun {
  readonly key: string;
  readonly values: Draft;
}

interface CommandDialogProps {
  readonly name: FormName;
  readonly view: DossierView;
  /** The version that is shown behind the dialog: what the command is decided upon. */
  readonly etag: string | null;
  readonly close: () => void;
  /** Told when the command was carried out, or proposed where it takes two persons, before the dialog closes. */
  readonly done?: (isProposed: boolean) => void;
}

/** One command: what it asks for, and what desk said to it, at the field where it belongs. */
export function CommandDialog({ name, view, etag, close, done }: CommandDialogProps) {
  const { t } = useTranslation('dossier');
  const ruleInWords = useRuleWords();
  const fields: readonly CommandField[] = commandForms[name];
  const { data: me } = useSuspenseQuery(meQuery);
  const drafts = draftsOf(me.official.id, `dossiers/${view.dossierId}/${name}`);
  const [begun, setBegun] = useState<Begun>(() => drafts.read<Begun>() ?? { key: crypto.randomUUID(), values: {} });
  const values = { ...usePrefilled(name, view.dossierId), ...begun.values };
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [isSending, setIsSending] = useState(false);
  const send = useSendCommand();
  const { data: approvals, isPending } = useQuery(approvalsQuery(view.dossierId));
  const two = approvals?.takesTwo.find(({ command }) => command === name) ?? null;
  const change = (field: string, value: string) => {
    const next = { ...begun, values: { ...begun.values, [field]: value } };
    setBegun(next);
    drafts.keep(next);
  };
  const labelOf = (field: string) => t(`field.${field}`);
  const refused = (problem: unknown) => {
    const said = problem instanceof Problem ? problem.fields : [];
    const atFields = said.flatMap(({ field, rule }) => {
      const meant = fieldMeant(fields, field);
      return meant === null ? [] : [{ name: meant, label: labelOf(meant), text: ruleInWords(rule) }];
    });
    setErrors(atFields);
    setRefusal(atFields.length === 0 ? problem : null);
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const made = bodyOf(fields, values, me.timeZone);
    if ('mistakes' in made) {
      setErrors(
        Object.entries(made.mistakes).map(([field, word]) => ({
          name: field,
          label: labelOf(field),
          text: t(`frame:${word}`),
        })),
      );
      return;
    }
    setErrors([]);
    setRefusal(null);
    setIsSending(true);
    try {
      const sent = two
        ? { path: 'approvals', body: { command: name, body: made.body } }
        : { path: pathOf(name, view), body: made.body };
      await send({ dossierId: view.dossierId, ...sent, etag, key: begun.key });
      drafts.drop();
      done?.(two !== null);
      close();
    } catch (problem) {
      refused(problem);
    } finally {
      setIsSending(false);
    }
  };
  return (
    <Dialog title={t(`command.${name}`)} close={close} size="lg">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <ErrorSummary errors={errors} />
          <Refusal refusal={refusal} dossierId={view.dossierId} />
          <Text size="sm">{t(`about.${name}`)}</Text>
          {two && <TakesTwo approvers={two.approvers} />}
          {fields.map((field) => (
            <CommandFieldInput
              key={field.name}
              field={field}
              view={view}
              value={values[field.name] ?? ''}
              change={(value) => change(field.name, value)}
              error={errors.find((one) => one.name === field.name)?.text}
            />
          ))}
          <Textarea
            id={fieldId('remark')}
            label={t('field.remark')}
            description={t('remark-is-sealed')}
            autosize
            minRows={2}
            maxLength={2000}
            value={values['remark'] ?? ''}
            error={errors.find((one) => one.name === 'remark')?.text}
            onChange={(event) => change('remark', event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" loading={isSending || isPending}>
              {two ? t('propose', { command: t(`command.${name}`) }) : t(`command.${name}`)}
            </Button>
            <Button variant="default" onClick={close}>
              {t('frame:cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

/** What a command begins with before anything is typed: a supplement asks for what is missing. */
function usePrefilled(name: FormName, dossierId: string): Draft {
  const { i18n } = useTranslation('dossier');
  const { data: papers = [] } = useQuery({
    ...papersQuery(dossierId, i18n.language),
    enabled: name === 'request-supplement',
  });
  const missing = papers.filter(({ state }) => state === 'missing').map(({ component }) => component);
  return name === 'request-supplement' ? { components: missing.join('\n') } : {};
}

/** That it only is proposed, and who may approve it. */
function TakesTwo({ approvers }: { readonly approvers: readonly PostHolder[] }) {
  const { t } = useTranslation('dossier');
  const names = useNames();
  const named = [...new Set(approvers.map(({ officialId }) => names.official(officialId)))];
  return (
    <Text size="sm" fw={700}>
      {named.length > 0 ? t('takes-two', { names: named.join(', ') }) : t('takes-two-nobody')}
    </Text>
  );
}

/** What concerns no single field. Of a dossier that has changed meanwhile the newest version can be shown; nothing typed is lost. */
function Refusal({ refusal, dossierId }: { readonly refusal: unknown; readonly dossierId: string }) {
  const { t } = useTranslation('dossier');
  const queries = useQueryClient();
  if (refusal === null) return null;
  const isStale = refusal instanceof Problem && refusal.code === 'VERSION_STALE';
  return (
    <div>
      <Failed error={refusal} />
      {isStale && (
        <Button
          mt="xs"
          variant="default"
          onClick={() => void queries.invalidateQueries({ queryKey: ['dossier', dossierId] })}
        >
          {t('show-newest')}
        </Button>
      )}
    </div>
  );
}

/** The route of a command; an acknowledgement is that of the last alert that stands. */
function pathOf(name: FormName, { escalations }: DossierView): string {
  const last = escalations.at(-1);
  if (name !== 'acknowledge' || !last) return name;
  return `escalations/${last.generation}/${encodeURIComponent(last.rung)}/acknowledgement`;
}
