import { Anchor, List, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldId } from './fields';

/** A field that must be corrected: where, what it is called, and what is wrong with it. */
export interface FieldError {
  readonly name: string;
  readonly label: string;
  readonly text: string;
}

/** Above a form that was refused: what is to be corrected, each a link to its field. Takes the focus, so that it is read out. */
export function ErrorSummary({ errors }: { readonly errors: readonly FieldError[] }) {
  const { t } = useTranslation('frame');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [errors]);
  if (errors.length === 0) return null;
  return (
    <div ref={box} tabIndex={-1} role="alert" className="motcua-failed">
      <Text fw={700}>{t('form.fix', { count: errors.length })}</Text>
      <List>
        {errors.map(({ name, label, text }) => (
          <List.Item key={name}>
            <Anchor
              href={`#${fieldId(name)}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(fieldId(name))?.focus();
              }}
            >
              {label}: {text}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </div>
  );
}
