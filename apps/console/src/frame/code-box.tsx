import { TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useKey } from './keys';
import { typedCode } from './typed-code';

/** Opens a dossier by its code, typed or scanned (a code, or the receipt's square): a scanner types quickly and ends with Enter. */
export function CodeBox() {
  const { t } = useTranslation('frame');
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const box = useRef<HTMLInputElement>(null);
  useKey('/', t('keys.code'), () => box.current?.focus());
  const open = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wanted = typedCode(code);
    if (wanted === null) return;
    setCode('');
    box.current?.blur();
    void navigate({ to: '/dossiers/$code', params: { code: wanted } });
  };
  return (
    <form onSubmit={open} role="search" className="motcua-code-box">
      <TextInput
        ref={box}
        size="sm"
        aria-label={t('code.label')}
        placeholder={t('code.placeholder')}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
      />
    </form>
  );
}
