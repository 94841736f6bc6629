import { useTranslation } from 'react-i18next';
import type { Question } from '../api/views';
import { ChoiceField, DayField, TextField } from '../parts/fields';
import type { Language } from '../words/words';
import { questionField, type TypedAnswers } from './answers';

interface EFormFieldsProps {
  readonly questions: readonly Question[];
  readonly typed: TypedAnswers;
  readonly change: (typed: TypedAnswers) => void;
  /** Of the field `eForm.<name>`. */
  readonly errorOf: (name: string) => string | undefined;
}

/** The questions of a procedure, to be answered on the screen. Loaded where a procedure asks any. */
export default function EFormFields({ questions, typed, change, errorOf }: EFormFieldsProps) {
  return (
    <div className="motcua-two motcua-halves">
      {questions.map((question) => (
        <QuestionInput
          key={question.name}
          question={question}
          value={typed[question.name] ?? ''}
          change={(value) => change({ ...typed, [question.name]: value })}
          error={errorOf(questionField(question.name))}
        />
      ))}
    </div>
  );
}

interface QuestionInputProps {
  readonly question: Question;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly error: string | undefined;
}

function QuestionInput({ question, ...rest }: QuestionInputProps) {
  const { t, i18n } = useTranslation('e-form');
  const language = i18n.language as Language;
  const { name, kind, titles, required, maxLength, options } = question;
  const field = { ...rest, name: questionField(name), label: titles[language], required };
  switch (kind) {
    case 'day':
      return <DayField {...field} />;
    case 'choice':
      return (
        <ChoiceField
          {...field}
          options={(options ?? []).map(({ code, titles: said }) => ({ value: code, label: said[language] }))}
        />
      );
    case 'yes-no':
      return <ChoiceField {...field} options={['true', 'false'].map((value) => ({ value, label: t(value) }))} />;
    case 'text':
    case 'whole-number':
      return <TextField {...field} maxLength={maxLength ?? 16} />;
  }
}
