import { Button, Group, Stack, Text } from '@mantine/core';
import { useEffect, useMemo, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem';
import type { ProcedureInForce } from '../api/views';
import { usePageActions } from '../frame/actions';
import { questionField } from '../e-form/answers';
import { paperField } from '../papers/paper-marks';
import { ErrorSummary, type FieldError } from '../parts/error-summary';
import { fieldId } from '../parts/fields';
import { useRuleWords } from '../parts/rule-words';
import { Failed } from '../parts/states';
import type { Language } from '../words/words';
import { DuplicatesPanel } from './duplicates';
import { IntakeFields } from './intake-fields';
import { fieldMeantBy, marksTyped, requestOf, type Mistakes } from './intake-draft';
import { pressInForm } from './keys-of-form';
import { PromisePanel } from './promise';
import type { Intake } from './use-intake';

interface IntakeFormProps {
  readonly procedures: readonly ProcedureInForce[];
  readonly intake: Intake;
}

/** What is asked, and beside it what the office would promise. */
export function IntakeForm({ procedures, intake }: IntakeFormProps) {
  const { t } = useTranslation(['intake', 'e-form']);
  const { draft, keep, send, isSending, refusal, startOver } = intake;
  const procedure = procedures.find(({ code }) => code === draft.values.procedureCode) ?? null;
  const [mistakes, setMistakes] = useState<readonly FieldError[]>([]);
  const labelOf = useLabels(procedure);
  const refused = useRefusedFields(refusal, labelOf);
  const errors = mistakes.length > 0 ? mistakes : refused;
  const inWords = (wrong: Mistakes): readonly FieldError[] =>
    Object.entries(wrong).map(([name, word]) => ({ name, label: labelOf(name), text: t(word) }));
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

/** What a field of the form is called, a paper's and a question's by the procedure. */
function useLabels(procedure: ProcedureInForce | null): (name: string) => string {
  const { t, i18n } = useTranslation('intake');
  return useMemo(() => {
    const language = i18n.language as Language;
    const ofProcedure = new Map([
      ...(procedure?.components ?? []).map(({ code, name }) => [paperField(code), name[language]] as const),
      ...(procedure?.eForm ?? []).map(({ name, titles }) => [questionField(name), titles[language]] as const),
    ]);
    return (name) => ofProcedure.get(name) ?? t(`field.${name}`);
  }, [procedure, i18n.language, t]);
}

/** What desk refused, at which field. The list stays the same until there is another answer: the summary takes the focus once. */
function useRefusedFields(refusal: unknown, labelOf: (name: string) => string): readonly FieldError[] {
  const ruleInWords = useRuleWords();
  return useMemo(() => {
    const said = refusal instanceof Problem ? refusal.fields : [];
    return said.flatMap(({ field, rule }) => {
      const name = fieldMeantBy(field);
      return name === null ? [] : [{ name, label: labelOf(name), text: ruleInWords(rule) }];
    });
  }, [refusal, labelOf, ruleInWords]);
}
