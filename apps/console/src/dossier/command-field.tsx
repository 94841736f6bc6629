import { Checkbox, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { papersQuery, proceduresQuery, useNames } from '../api/reads';
import type { DossierView, ProcedureInForce } from '../api/views';
import type { TypedAnswers } from '../e-form/answers';
import { EFormInput } from '../e-form/e-form-input';
import { ChoiceField, DayField, HolderField, MomentField, ReasonField, TextField, fieldId } from '../parts/fields';
import { useReasonWords } from '../parts/reason-words';
import { moneyInWords } from '../parts/money';
import { useStepName } from '../parts/step-name';
import type { PaperMarks } from '../papers/paper-marks';
import { PapersInput } from '../papers/papers-input';
import type { Language } from '../words/words';
import type { CommandField } from './command-forms';

interface CommandFieldInputProps {
  readonly field: CommandField;
  /** Of one dossier, or of what many have in common: then it names none of them, and nothing is asked for that only one has. */
  readonly view: Pick<DossierView, 'procedureCode' | 'fees' | 'opinions'> &
    Partial<Pick<DossierView, 'dossierId' | 'status'>>;
  readonly value: string;
  readonly change: (value: string) => void;
  /** Of this field, or of one within it. */
  readonly errorOf: (name: string) => string | undefined;
}

/** The input that a field of a command needs. */
export function CommandFieldInput({ field, view, value, change, errorOf }: CommandFieldInputProps) {
  const { t, i18n } = useTranslation('dossier');
  const names = useNames();
  const stepName = useStepName();
  const inWords = useReasonWords();
  const { data: procedures } = useQuery(proceduresQuery(i18n.language));
  const language = i18n.language as Language;
  const procedure = procedures?.find(({ code }) => code === view.procedureCode);
  const { name } = field;
  const label = t(`field.${name}`);
  const shared = { name, label, value, change, error: errorOf(name), required: !field.optional };
  switch (field.kind) {
    case 'reason':
      return <ReasonField {...shared} />;
    case 'holder':
      return <HolderField {...shared} />;
    case 'day':
      return <DayField {...shared} />;
    case 'moment':
      return <MomentField {...shared} />;
    case 'text':
    case 'dossier':
    case 'amount':
      return <TextField {...shared} />;
    case 'choice':
      return (
        <ChoiceField
          {...shared}
          options={field.options
            .filter((word) => word !== 'eForm' || procedure?.eForm)
            .map((word) => ({ value: word, label: t(`word.${word.replaceAll('.', '-')}`) }))}
        />
      );
    case 'step':
      return (
        <ChoiceField
          {...shared}
          options={(procedure?.steps ?? []).map(({ code }) => ({ value: code, label: stepName(code) }))}
        />
      );
    case 'components':
      return <Papers {...shared} procedure={procedure} language={language} />;
    case 'papers':
      return view.dossierId === undefined ? null : (
        <Marks
          {...shared}
          dossierId={view.dossierId}
          missingOnly={view.status === 'awaiting-supplement' && !shared.required}
        />
      );
    case 'e-form':
      return view.dossierId === undefined ? null : (
        <EFormInput
          name={name}
          label={label}
          dossierId={view.dossierId}
          typed={value === '' ? {} : (JSON.parse(value) as TypedAnswers)}
          change={(typed) => change(JSON.stringify(typed))}
          errorOf={errorOf}
        />
      );
    case 'procedure':
      return (
        <ChoiceField
          {...shared}
          options={(procedures ?? []).map((one) => ({ value: one.code, label: one.names[language] }))}
        />
      );
    case 'fee': {
      const fees = view.fees.fees.map(({ feeId, chargedMinor, currency }) => ({
        value: feeId,
        label: moneyInWords(chargedMinor, currency, language),
      }));
      return <ChoiceField {...shared} options={fees} />;
    }
    case 'opinion': {
      const open = view.opinions.filter(({ answer }) => answer === null);
      return (
        <ChoiceField
          {...shared}
          options={open.map(({ opinionId, asked, questionCode }) => ({
            value: opinionId,
            label: `${names.office(asked.officeId)}: ${inWords(questionCode)}`,
          }))}
        />
      );
    }
  }
}

interface MarksProps extends Pick<PapersProps, 'name' | 'label' | 'value' | 'change' | 'error'> {
  readonly dossierId: string;
  /** Of a supplement: what was asked for may have come, and nothing else is looked at. */
  readonly missingOnly: boolean;
}

/** The papers of the dossier, to be marked. */
function Marks({ dossierId, missingOnly, name, label, value, change, error }: MarksProps) {
  const { i18n } = useTranslation('dossier');
  const { data: papers = [] } = useQuery(papersQuery(dossierId, i18n.language));
  return (
    <div role="group" aria-label={label} id={fieldId(name)} tabIndex={-1}>
      {error !== undefined && (
        <Text size="sm" c="var(--mantine-color-error)">
          {error}
        </Text>
      )}
      <PapersInput
        papers={missingOnly ? papers.filter(({ state }) => state === 'missing') : papers}
        marks={value === '' ? {} : (JSON.parse(value) as PaperMarks)}
        change={(marks) => change(JSON.stringify(marks))}
        errorOf={() => undefined}
      />
    </div>
  );
}

interface PapersProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly error: string | undefined;
  readonly procedure: ProcedureInForce | undefined;
  readonly language: Language;
}

/** The papers of the procedure, to be ticked; of one that lists none their codes are typed. */
function Papers({ procedure, language, ...field }: PapersProps) {
  if (!procedure || procedure.components.length === 0) return <TextField {...field} required />;
  const { name, label, value, change, error } = field;
  return (
    <Checkbox.Group
      label={label}
      withAsterisk
      error={error}
      value={value === '' ? [] : value.split('\n')}
      onChange={(codes) => change(codes.join('\n'))}
    >
      <Stack gap={6} mt={4}>
        {procedure.components.map((component, index) => (
          <Checkbox
            key={component.code}
            {...(index === 0 ? { id: fieldId(name) } : {})}
            value={component.code}
            label={component.name[language]}
          />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
