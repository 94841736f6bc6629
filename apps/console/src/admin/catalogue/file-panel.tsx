import { Anchor, Button, FileButton, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/session';
import { Failed } from '../../parts/states';
import './catalogue.css';
import { canBeLoaded, LONGEST, type ChosenFile, type Seen } from './seen';
import { useFile } from './use-file';
import { WhatItChanges } from './what-it-changes';

/** Takes a new version in: the file is chosen, dropped here or pasted, looked at, and loaded once everything it does was said. */
export function FilePanel() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  return 'preview-catalogue' in session.rights && 'load-catalogue' in session.rights ? <Taking /> : null;
}

function Taking() {
  const { t } = useTranslation('catalogue');
  const { step, checked, seen, takesTwo, error, look, load, forget } = useFile();
  const [refused, setRefused] = useState<string | null>(null);
  const take = (file: ChosenFile) => {
    const isTooLong = file.text.length > LONGEST;
    setRefused(isTooLong ? (file.name ?? '') : null);
    if (isTooLong) forget();
    else look(file);
  };
  const takeFile = (file: File | null | undefined) => {
    if (file) void file.text().then((text) => take({ name: file.name, text }));
  };
  usePasted(take, takeFile);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    takeFile(event.dataTransfer.files[0]);
  };
  const isBusy = step === 'looking' || step === 'loading';
  return (
    <Paper withBorder p="sm" mt="md" component="section" aria-labelledby="file-title" className="motcua-no-print">
      <Title order={2} size="h5" id="file-title">
        {t('file.title')}
      </Title>
      <div className="motcua-file-drop" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        <FileButton accept=".json,application/json" onChange={takeFile} inputProps={{ 'aria-label': t('file.choose') }}>
          {(props) => (
            <Button {...props} size="sm" variant="default" disabled={isBusy}>
              {t('file.choose')}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          {t('file.hint')}
        </Text>
      </div>
      <Text size="sm" role="status">
        {step === 'looking' && t('file.looking', { count: checked })}
      </Text>
      {refused !== null && (
        <Text role="alert" className="motcua-failed">
          {t('file.too-long', { name: refused })}
        </Text>
      )}
      {error !== null && <Failed error={error} />}
      {seen && step === 'loaded' && <Loaded seen={seen} forget={forget} />}
      {seen && step === 'proposed' && <Proposed forget={forget} />}
      {seen && step !== 'loaded' && step !== 'proposed' && (
        <WhatItDoes
          seen={seen}
          takesTwo={takesTwo}
          isLoading={step === 'loading'}
          load={() => load(seen)}
          forget={forget}
        />
      )}
    </Paper>
  );
}

interface WhatItDoesProps {
  readonly seen: Seen;
  readonly takesTwo: boolean;
  readonly isLoading: boolean;
  readonly load: () => void;
  readonly forget: () => void;
}

function WhatItDoes({ seen, takesTwo, isLoading, load, forget }: WhatItDoesProps) {
  const { t } = useTranslation(['catalogue', 'approvals']);
  const { file } = seen;
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), [seen]); // What was pasted from the top of the page is answered below it.
  return (
    <Stack gap="sm" mt="xs" ref={box} tabIndex={-1} aria-label={file.name ?? t('file.pasted')} role="group">
      <Text fw={700}>{file.name ?? t('file.pasted')}</Text>
      <WhatItChanges seen={seen} />
      {canBeLoaded(seen) && takesTwo && (
        <Text size="sm" fw={700} role="status">
          {t('approvals:document.takes-two')}
        </Text>
      )}
      <Group gap="xs">
        {canBeLoaded(seen) && (
          <Button onClick={load} loading={isLoading}>
            {t(takesTwo ? 'approvals:document.propose' : 'file.load')}
          </Button>
        )}
        <Button variant="default" onClick={forget} disabled={isLoading}>
          {t('file.forget')}
        </Button>
      </Group>
    </Stack>
  );
}

function Loaded({ seen, forget }: { readonly seen: Seen; readonly forget: () => void }) {
  const { t } = useTranslation('catalogue');
  const { calendar, procedure } = seen.preview;
  return (
    <Stack gap="xs" mt="xs" align="flex-start">
      <Text role="status" fw={700}>
        {calendar && t('file.loaded-calendar', { id: calendar.id, version: calendar.version })}
        {procedure && t('file.loaded-procedure', { code: procedure.code, version: procedure.version })}
      </Text>
      {calendar && (
        <>
          <Text size="sm">{t((seen.moves?.moved.length ?? 0) > 0 ? 'file.then-recompute' : 'file.nobody-moves')}</Text>
          <Anchor renderRoot={(props) => <Link to="/admin/calendars/$id" params={{ id: calendar.id }} {...props} />}>
            {t('file.open-calendar')}
          </Anchor>
        </>
      )}
      {procedure && (
        <Anchor renderRoot={(props) => <Link to="/admin/catalogue/$id" params={{ id: procedure.code }} {...props} />}>
          {t('file.open-procedure')}
        </Anchor>
      )}
      <Button variant="default" size="compact-sm" onClick={forget}>
        {t('file.another')}
      </Button>
    </Stack>
  );
}

/** It waits at the top of the page, with what it would change. */
function Proposed({ forget }: { readonly forget: () => void }) {
  const { t } = useTranslation(['catalogue', 'approvals']);
  return (
    <Stack gap="xs" mt="xs" align="flex-start">
      <Text role="status" fw={700}>
        {t('approvals:document.sent')}
      </Text>
      <Button variant="default" size="compact-sm" onClick={forget}>
        {t('file.another')}
      </Button>
    </Stack>
  );
}

/** What is pasted anywhere but into a field: a file, or its text. */
function usePasted(take: (file: ChosenFile) => void, takeFile: (file: File) => void): void {
  useEffect(() => {
    const pasted = ({ clipboardData, target }: ClipboardEvent) => {
      const isTyping = target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]');
      const [file] = clipboardData?.files ?? [];
      const text = clipboardData?.getData('text/plain') ?? '';
      if (file) takeFile(file);
      else if (!isTyping && text.trim() !== '') take({ name: null, text });
    };
    addEventListener('paste', pasted);
    return () => removeEventListener('paste', pasted);
  }, [take, takeFile]);
}
