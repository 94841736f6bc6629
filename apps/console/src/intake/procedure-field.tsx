import { Paper, Text, TextInput, VisuallyHidden } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProcedureInForce } from '../api/views';
import { isComposed } from '../frame/key-press';
import { fieldId } from '../parts/fields';
import type { Language } from '../words/words';
import { proceduresFound } from './find-procedures';

const LIST = 'procedures-found';
const optionId = (code: string) => `procedure-${code}`;
/** More than anybody reads; who does not find it among these types one more letter. */
const SHOWN = 8;

interface ProcedureFieldProps {
  readonly procedures: readonly ProcedureInForce[];
  readonly chosen: ProcedureInForce | null;
  readonly choose: (code: string) => void;
  readonly error: string | undefined;
}

/** A procedure by typing: arrows move, Enter or Tab takes the marked one. */
export function ProcedureField({ procedures, chosen, choose, error }: ProcedureFieldProps) {
  const { t, i18n } = useTranslation('intake');
  const language = i18n.language as Language;
  const [typed, setTyped] = useState<string | null>(null);
  const [marked, setMarked] = useState(0);
  const isOpen = typed !== null;
  const found = isOpen
    ? proceduresFound(procedures, typed, ({ names }) => names[language], language).slice(0, SHOWN)
    : [];
  const take = (one: ProcedureInForce | undefined) => {
    if (one) choose(one.code);
    setTyped(null);
  };
  const type = (text: string) => {
    setTyped(text);
    setMarked(0);
    if (chosen) choose('');
  };
  const press = (event: KeyboardEvent) => {
    if (isComposed(event.nativeEvent) || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (isOpen) setMarked((marked + step + found.length) % Math.max(found.length, 1));
      else setTyped('');
    }
    if ((event.key === 'Enter' || event.key === 'Tab') && isOpen && typed !== '') take(found[marked]);
    if (event.key === 'Escape') setTyped(null);
  };
  return (
    <div className="motcua-procedure-field">
      <TextInput
        id={fieldId('procedureCode')}
        label={t('field.procedureCode')}
        placeholder={t('procedure-hint')}
        value={typed ?? chosen?.names[language] ?? ''}
        error={error}
        withAsterisk
        autoComplete="off"
        spellCheck={false}
        role="combobox"
        aria-required
        aria-expanded={isOpen && found.length > 0}
        aria-controls={found.length > 0 ? LIST : undefined}
        aria-autocomplete="list"
        aria-activedescendant={found[marked] && optionId(found[marked].code)}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={press}
        onBlur={() => setTyped(null)}
      />
      <VisuallyHidden role="status">{isOpen ? t('found', { count: found.length }) : ''}</VisuallyHidden>
      {found.length > 0 && (
        <Paper
          id={LIST}
          role="listbox"
          aria-label={t('field.procedureCode')}
          withBorder
          shadow="md"
          className="motcua-options"
        >
          {found.map((one, index) => (
            <div
              key={one.code}
              id={optionId(one.code)}
              role="option"
              aria-selected={index === marked}
              className="motcua-option"
              onMouseDown={(event) => {
                event.preventDefault(); // The field keeps the focus.
                take(one);
              }}
            >
              <Text size="sm">{one.names[language]}</Text>
              <Text size="xs" c="dimmed">
                {one.code}
                {(one.appointmentLimit ?? one.legalLimit) ? ` · ${one.appointmentLimit ?? one.legalLimit}` : ''}
              </Text>
            </div>
          ))}
        </Paper>
      )}
      {isOpen && found.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('no-procedure')}
        </Text>
      )}
    </div>
  );
}
