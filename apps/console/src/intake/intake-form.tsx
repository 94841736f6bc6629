import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useMemo, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem';
import type { ProcedureInForce } from '../api/views';
import { usePageActions } from '../frame/actions';
import { ErrorSummary, type FieldError } from '../parts/error-summary';
import { fieldId } from '../parts/fields';
import { Failed } from '../parts/states';
import type { Language } from '../words/words';
import { DuplicatesPanel } from './duplicates';
import { IntakeFields } from './intake-fields';
import { fieldMeantBy, marksTyped, paperField, requestOf, type Mistakes } from './intake-draft';
import { pressInForm } from './keys-of-form';
import { PromisePanel } from './promise';
import type { Intake } from './use-intake';

interface IntakeFormProps {
  readonly procedures: readonly ProcedureInForce[];
  readonly intake: Intake;
}

/** What is asked, and beside it what the office would promise. */
export function IntakeForm({ procedures, intake }: IntakeFormProps) {
  const { t } = useTranslation('intake');
  const { draft, keep, send, isSending, refusal, startOver } = intake;
  const procedure = procedures.find(({ code }) => code === draft.values.procedureCode) ?? null;
  const [mistakes, setMistakes] = useState<readonly FieldError[]>([]);
  const refused = useRefusedFields(refusal);
  const errors = mistakes.length > 0 ? mistakes : refused;
  const inWords = useMistakeWords(procedure);
  const [looked, setLooked] = useState<object | null>(null);
  useEffect(() => document.getElementById(fieldId('procedureCode'))?.focus(), []);
  usePageActions([{ id: 'clear', label: t('clear') }], startOver);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isSending) return;
    const made = requestOf(draft, procedure);
    setMistakes('mistakes' in made && !draft.unanswered ? inWords(made.mistakes) : noMistakes);
    if (draft.unanswered) await send(draft.unanswered);
    else if ('body' in made) await send(made.body);
  };
  return (
    <div className="motcua-intake">
      <form
        onSubmit={(event) => void submit(event)}
        onKeyDown={pressInForm}
        onBlur={() => setLooked(marksTyped(draft.values))}
        noValidate
      >
        <Stack gap="sm">
          <ErrorSummary errors={errors} />
          {refusal !== null && errors.length === 0 && <Failed error={refusal} />}
          {draft.unanswered && !isSending && (
            <Text role="status" className="motcua-unanswered">
              {t('unanswered')}
            </Text>
          )}
          <fieldset className="motcua-bare" disabled={draft.unanswered !== null} aria-label={t('title')}>
            <IntakeFields procedures={procedures} procedure={procedure} draft={draft} keep={keep} errors={errors} />
          </fieldset>
          <Group>
            <Button type="submit" loading={isSending}>
              {draft.unanswered ? t('send-again') : t('take-in')}
            </Button>
            <Button variant="default" onClick={startOver} disabled={isSending}>
              {t('clear')}
            </Button>
            <Text size="sm" c="dimmed">
              {t('keys-hint')}
            </Text>
          </Group>
        </Stack>
      </form>
      <Stack gap="sm" className="motcua-beside">
        {procedure && looked && <DuplicatesPanel procedureCode={procedure.code} applicant={looked} />}
        <PromisePanel procedure={procedure} channel={draft.values.channel} />
      </Stack>
    </div>
  );
}

const noMistakes: readonly FieldError[] = [];

/** Says what is wrong by our own rules, at which field. */
function useMistakeWords(procedure: ProcedureInForce | null): (mistakes: Mistakes) => readonly FieldError[] {
  const { t, i18n } = useTranslation('intake');
  const papers = new Map(
    procedure?.components.map(({ code, name }) => [paperField(code), name[i18n.language as Language]]),
  );
  return (mistakes) =>
    Object.entries(mistakes).map(([name, word]) => {
      return { name, label: papers.get(name) ?? t(`field.${name}`), text: t(word) };
    });
}

/** What desk refused, at which field. The list stays the same until there is another answer: the summary takes the focus once. */
function useRefusedFields(refusal: unknown): readonly FieldError[] {
  const { t } = useTranslation('intake');
  return useMemo(() => {
    const said = refusal instanceof Problem ? refusal.fields : [];
    return said.flatMap(({ field, rule }) => {
      const name = fieldMeantBy(field);
      return name === null ? [] : [{ name, label: t(`field.${name}`), text: rule }];
    });
  }, [refusal, t]);
}
