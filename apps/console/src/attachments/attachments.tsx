import { Anchor, Badge, Button, FileButton, Group, List, Paper, Progress, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { attachmentsQuery, proceduresQuery, useNames } from '../api/reads';
import type { Attachment, DossierView } from '../api/views';
import { ChoiceField } from '../parts/fields';
import { Moment } from '../parts/moment';
import { problemWords } from '../parts/problem-words';
import { Failed, Loading } from '../parts/states';
import type { Language } from '../words/words';
import './attachments.css';
import type { UploadState } from './upload-queue';
import { useUploads } from './use-uploads';
import { WithdrawDialog } from './withdraw-dialog';

/** The files of the dossier's papers: to be opened, and added by whoever handles it: chosen, dropped here, or pasted. */
export function Attachments({ view }: { readonly view: DossierView }) {
  const { t } = useTranslation('attachments');
  const { data, error, refetch } = useQuery(attachmentsQuery(view.dossierId));
  const [withdrawing, setWithdrawing] = useState<Attachment | null>(null);
  const paperName = usePaperNames(view.procedureCode);
  if (data && !data.mayRead && !data.mayAdd) return null;
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="attachments-title">
      <Title order={2} size="h5" id="attachments-title" mb="xs">
        {t('title')}
      </Title>
      {data?.mayRead === false && (
        <Text size="sm" c="dimmed">
          {t('no-right')}
        </Text>
      )}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.mayRead && data.attachments.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('none')}
        </Text>
      )}
      <List size="sm" listStyleType="none" className="motcua-attachments">
        {data?.attachments.map((attachment) => (
          <Line
            key={attachment.attachmentId}
            dossierId={view.dossierId}
            attachment={attachment}
            paper={paperName(attachment.componentCode)}
            {...(data.mayAdd && { withdraw: () => setWithdrawing(attachment) })}
          />
        ))}
      </List>
      {data?.mayAdd && <Adding view={view} />}
      {withdrawing && (
        <WithdrawDialog dossierId={view.dossierId} attachment={withdrawing} close={() => setWithdrawing(null)} />
      )}
    </Paper>
  );
}

interface LineProps {
  readonly dossierId: string;
  readonly attachment: Attachment;
  readonly paper: string | null;
  readonly withdraw?: () => void;
}

function Line({ dossierId, attachment, paper, withdraw }: LineProps) {
  const { t } = useTranslation('attachments');
  const names = useNames();
  const size = useSizeWords();
  const { attachmentId, name, mediaType, bytes, state, addedAt, by, withdrawn } = attachment;
  const called = name ?? t('erased');
  const isServed = name !== null && (state === 'clean' || state === 'unscanned');
  return (
    <List.Item data-withdrawn={withdrawn !== null || undefined}>
      {isServed ? (
        <Anchor href={`/api/desk/dossiers/${dossierId}/attachments/${attachmentId}`} download>
          {called}
        </Anchor>
      ) : (
        <Text span size="sm" fw={600}>
          {called}
        </Text>
      )}{' '}
      {state !== 'clean' && (
        <Badge size="sm" variant="outline" color={state === 'infected' ? 'red' : 'gray'}>
          {t(`state.${state}`)}
        </Badge>
      )}
      <Text size="xs" c="dimmed">
        {[paper, t(`kind.${mediaType.split('/')[1]?.split('.').at(-1) ?? ''}`), size(bytes)]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      <Text size="xs" c="dimmed">
        <Moment at={addedAt} />, {names.official(by.officialId)}
      </Text>
      {withdrawn && (
        <Text size="xs" fw={600}>
          {t('withdrawn', {
            name: names.official(withdrawn.officialId),
            reason: t(`reason.${withdrawn.reasonCode}`, { defaultValue: withdrawn.reasonCode }),
          })}
        </Text>
      )}
      {withdraw && !withdrawn && (
        <Button
          size="compact-xs"
          variant="subtle"
          className="motcua-no-print"
          aria-label={t('withdraw-file', { name: called })}
          onClick={withdraw}
        >
          {t('withdraw')}
        </Button>
      )}
    </List.Item>
  );
}

const accepted = '.pdf,.png,.jpg,.jpeg,.tif,.tiff,.webp,.docx,.xlsx,.odt,.ods';

function Adding({ view: { dossierId, procedureCode } }: { readonly view: DossierView }) {
  const { t, i18n } = useTranslation('attachments');
  const { data: procedures } = useQuery(proceduresQuery(i18n.language));
  const [component, setComponent] = useState('');
  const { uploads, add, retry, forget } = useUploads(dossierId);
  const components = procedures?.find(({ code }) => code === procedureCode)?.components ?? [];
  const options = components.map(({ code, name }) => ({ value: code, label: name[i18n.language as Language] }));
  const take = (files: readonly File[]) => {
    add(files, component === '' ? null : component);
    setComponent('');
  };
  usePastedFiles(take);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    take([...event.dataTransfer.files]);
  };
  return (
    <div className="motcua-drop motcua-no-print" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      {options.length > 0 && (
        <ChoiceField
          name="attachment-paper"
          label={t('paper')}
          value={component}
          change={setComponent}
          options={options}
        />
      )}
      <FileButton multiple accept={accepted} onChange={take} inputProps={{ 'aria-label': t('add') }}>
        {(props) => (
          <Button {...props} size="sm" variant="default">
            {t('add')}
          </Button>
        )}
      </FileButton>
      <Text size="xs" c="dimmed">
        {t('hint')}
      </Text>
      {uploads.map((upload) => (
        <OnItsWay
          key={upload.sending.key}
          upload={upload}
          retry={() => retry(upload.sending.key)}
          forget={() => forget(upload.sending.key)}
        />
      ))}
    </div>
  );
}

interface OnItsWayProps {
  readonly upload: UploadState;
  readonly retry: () => void;
  readonly forget: () => void;
}

function OnItsWay({ upload: { sending, stage, share, error }, retry, forget }: OnItsWayProps) {
  const { t } = useTranslation('attachments');
  const { t: frame } = useTranslation('frame');
  const { name } = sending.file;
  if (stage !== 'failed') {
    return (
      <div>
        <Text size="xs">{stage === 'waiting' ? t('waits', { name }) : name}</Text>
        {stage === 'sending' && <Progress value={share * 100} aria-label={t('sending', { name })} />}
        <Button size="compact-xs" variant="subtle" onClick={forget} aria-label={t('cancel-file', { name })}>
          {t('cancel')}
        </Button>
      </div>
    );
  }
  const { title, detail } = problemWords(frame, error);
  return (
    <div role="alert">
      <Text size="sm" fw={600}>
        {name}: {title}
      </Text>
      {detail !== null && <Text size="xs">{detail}</Text>}
      <Group gap={4}>
        <Button size="compact-xs" variant="default" onClick={retry} aria-label={t('again-file', { name })}>
          {t('again')}
        </Button>
        <Button size="compact-xs" variant="subtle" onClick={forget} aria-label={t('forget-file', { name })}>
          {t('forget')}
        </Button>
      </Group>
    </div>
  );
}

/** Files that are pasted anywhere on the page: a scan that was copied, a picture of the screen. */
function usePastedFiles(take: (files: readonly File[]) => void): void {
  useEffect(() => {
    const pasted = ({ clipboardData }: ClipboardEvent) => {
      const files = [...(clipboardData?.files ?? [])];
      if (files.length > 0) take(files);
    };
    addEventListener('paste', pasted);
    return () => removeEventListener('paste', pasted);
  }, [take]);
}

function usePaperNames(procedureCode: string): (code: string | null) => string | null {
  const { i18n } = useTranslation('attachments');
  const { data } = useQuery(proceduresQuery(i18n.language));
  const components = data?.find(({ code }) => code === procedureCode)?.components ?? [];
  return (code) => components.find((one) => one.code === code)?.name[i18n.language as Language] ?? code;
}

const KILO = 1_000;

function useSizeWords(): (bytes: number) => string {
  const { i18n } = useTranslation('attachments');
  return (bytes) => {
    const [amount, unit] =
      bytes < KILO * KILO ? [Math.max(0.1, bytes / KILO), 'kilobyte'] : [bytes / KILO / KILO, 'megabyte'];
    const form = { style: 'unit', unit, maximumFractionDigits: 1 } as const;
    return new Intl.NumberFormat(i18n.language, form).format(amount);
  };
}
