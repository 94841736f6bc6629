import { Button, Stack, Text, Textarea } from '@mantine/core';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useSendCommand } from '../api/commands';
import { draftsOf } from '../api/drafts';
import { Problem } from '../api/problem';
import { approvalsQuery, dossierIdQuery, meQuery, papersQuery, useNames } from '../api/reads';
import type { DossierView, EFormAnswer, PostHolder } from '../api/views';
import { questionField, typedOf } from '../e-form/answers';
import { useEForm } from '../e-form/use-e-form';
import { Dialog, SubmitOrCancel } from '../parts/dialog';
import { ErrorSummary, type FieldError } from '../parts/error-summary';
import { fieldId } from '../parts/fields';
import { useRuleWords } from '../parts/rule-words';
import { Failed } from '../parts/states';
import { useSending } from '../parts/use-sending';
import type { Language } from '../words/words';
import { CommandFieldInput } from './command-field';
import { bodyOf, fieldMeant, fieldsOf, type CommandField, type Draft, type FormName } from './command-forms';

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
  const { t, i18n } = useTranslation('dossier');
  const ruleInWords = useRuleWords();
  const { data: me } = useSuspenseQuery(meQuery);
  const drafts = draftsOf(me.official.id, `dossiers/${view.dossierId}/${name}`);
  const [begun, setBegun] = useState<Begun>(() => drafts.read<Begun>() ?? { key: crypto.randomUUID(), values: {} });
  const isOfEForm = name === 'correct' && begun.values['field'] === 'eForm';
  const { data: eForm } = useEForm(view.dossierId, { enabled: isOfEForm });
  const prefilled = usePrefilled(name, view, eForm?.answers ?? null);
  const values = { ...prefilled, ...begun.values };
  const fields = fieldsOf(name, values);
  const questions = eForm?.questions ?? [];
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { isSending, refusal, run, forget } = useSending();
  const send = useSendCommand();
  const withIds = useWithIds();
  const { data: approvals, isLoading } = useQuery({
    ...approvalsQuery(view.dossierId),
    enabled: view.readable.includes('read-approvals'), // Whoever is asked for an opinion proposes nothing.
  });
  const two = approvals?.takesTwo.find(({ command }) => command === name) ?? null;
  const change = (field: string, value: string) => {
    const next = { ...begun, values: { ...begun.values, [field]: value } };
    setBegun(next);
    drafts.keep(next);
  };
  const labelOf = (field: string) => {
    const question = questions.find((one) => questionField(one.name) === field);
    return question?.titles[i18n.language as Language] ?? t(`field.${field}`);
  };
  const errorOf = (field: string) => errors.find((one) => one.name === field)?.text;
  const errorsIn = (problem: unknown): readonly FieldError[] => {
    const said = problem instanceof Problem ? problem.fields : [];
    return said.flatMap(({ field, rule }) => {
      const meant = questions.some((one) => questionField(one.name) === field) ? field : fieldMeant(fields, field);
      return meant === null ? [] : [{ name: meant, label: labelOf(meant), text: ruleInWords(rule) }];
    });
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    forget();
    const made =
      isOfEForm && values['eForm'] === prefilled['eForm'] ? unchanged : bodyOf(fields, values, me.timeZone, questions);
    if ('mistakes' in made) {
      setErrors(
        Object.entries(made.mistakes).map(([field, word]) => ({
          name: field,
          label: labelOf(field),
          text: t(word),
        })),
      );
      return;
    }
    setErrors([]);
    await run(async () => {
      try {
        const body = await withIds(fields, made.body);
        const sent = two ? { path: 'approvals', body: { command: name, body } } : { path: pathOf(name, view), body };
        await send({ dossierId: view.dossierId, ...sent, etag, key: begun.key });
      } catch (problem) {
        const atFields = errorsIn(problem);
        if (atFields.length === 0) throw problem;
        setErrors(atFields);
        return;
      }
      drafts.drop();
      done?.(two !== null);
      close();
    });
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
              errorOf={errorOf}
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
            error={errorOf('remark')}
            onChange={(event) => change('remark', event.currentTarget.value)}
          />
          <SubmitOrCancel
            label={two ? t('propose', { command: t(`command.${name}`) }) : t(`command.${name}`)}
            isSending={isSending}
            disabled={isLoading}
            cancel={close}
          />
        </Stack>
      </form>
    </Dialog>
  );
}

/** Nothing is put right by what was known before. */
const unchanged = { mistakes: { eForm: 'e-form:unchanged' } };

/**
 * What a command begins with before anything is typed: a supplement asks for what is missing, a correction shows what was answered, an
 * opinion is the one that the own office is asked for.
 */
function usePrefilled(
  name: FormName,
  { dossierId, opinions }: DossierView,
  answers: readonly EFormAnswer[] | null,
): Draft {
  const { i18n } = useTranslation('dossier');
  const { data: me } = useSuspenseQuery(meQuery);
  const { data: papers = [] } = useQuery({
    ...papersQuery(dossierId, i18n.language),
    enabled: name === 'request-supplement',
  });
  const missing = papers.filter(({ state }) => state === 'missing').map(({ component }) => component);
  if (answers !== null) return { eForm: JSON.stringify(typedOf(answers)) };
  const own = opinions.find(({ asked, answer }) => answer === null && asked.officeId === me.post.officeId);
  if (name === 'give-opinion' && own) return { opinionId: own.opinionId };
  return name === 'request-supplement' ? { components: missing.join('\n') } : {};
}

/** People name another dossier by its code, desk by its id. The body with the one in the place of the other. @throws Problem `DOSSIER_NOT_FOUND` */
function useWithIds(): (fields: readonly CommandField[], body: object) => Promise<object> {
  const queries = useQueryClient();
  return async (fields, body) => {
    const ids = Object.entries(body).map(async ([name, value]: [string, unknown]) => {
      const isCode = fields.some((field) => field.name === name && field.kind === 'dossier');
      return [name, isCode ? await queries.query(dossierIdQuery(String(value))) : value] as const;
    });
    return Object.fromEntries(await Promise.all(ids));
  };
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
