import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSendCommand } from '../api/commands';
import { meQuery, messagesQuery, notesQuery, unreadQuery, useNames } from '../api/reads';
import type { DossierView, FeedbackView, NoteView } from '../api/views';
import { useUnasked } from '../live/unasked';
import { Moment } from '../parts/moment';
import { Failed, Loading } from '../parts/states';
import './notes.css';
import { Writer } from './writer';

/**
 * What is written on a dossier beside its commands, in two places that nobody may take for each other: each says in its head and on
 * its button who reads it, and they differ in frame and ground.
 */
export function Notes({ view }: { readonly view: DossierView }) {
  return (
    <div className="motcua-notes">
      <Thread view={view} />
      <Internal view={view} />
    </div>
  );
}

/** With the applicant, who reads it on the citizen's page. */
function Thread({ view }: { readonly view: DossierView }) {
  const { t } = useTranslation('notes');
  const { dossierId } = view;
  const { data: me } = useSuspenseQuery(meQuery);
  const { data, error } = useQuery(messagesQuery(dossierId));
  return (
    <Place
      kind="messages"
      title={t('title')}
      reader={t('reader')}
      news={<Came dossierId={dossierId} shown={data?.messages ?? null} />}
    >
      <Read error={error} isThere={data !== undefined}>
        {data?.messages.length === 0 && <Text size="sm">{t('none')}</Text>}
        <List notes={data?.messages ?? []} />
        {view.holder.officialId === me.official.id && (
          <MarkRead dossierId={dossierId} where="messages" notes={data?.messages ?? []} />
        )}
        {data?.feedback && <Rated feedback={data.feedback} />}
        {'write-to-applicant' in me.rights && <Writer dossierId={dossierId} as={['messages']} keyName="w" />}
      </Read>
    </Place>
  );
}

/** Among colleagues. */
function Internal({ view: { dossierId, holder } }: { readonly view: DossierView }) {
  const { t } = useTranslation('notes');
  const { data: me } = useSuspenseQuery(meQuery);
  const { data, error } = useQuery(notesQuery(dossierId));
  const isHolder = holder.officialId === me.official.id;
  return (
    <Place kind="notes" title={t('note-title')} reader={t('note-reader')}>
      <Read error={error} isThere={data !== undefined}>
        {data?.length === 0 && <Text size="sm">{t('no-notes')}</Text>}
        <List notes={data ?? []} />
        {isHolder && <MarkRead dossierId={dossierId} where="notes" notes={data ?? []} />}
        {'write-note' in me.rights && (
          <Writer dossierId={dossierId} as={isHolder ? ['notes'] : ['notes', 'questions']} keyName="n" />
        )}
      </Read>
    </Place>
  );
}

interface PlaceProps {
  readonly kind: 'messages' | 'notes';
  readonly title: string;
  readonly reader: string;
  readonly news?: ReactNode;
  readonly children: ReactNode;
}

function Place({ kind, title, reader, news, children }: PlaceProps) {
  return (
    <section className={`motcua-place motcua-place-${kind}`} aria-labelledby={`${kind}-title`}>
      <div className="motcua-place-head">
        <Title order={2} size="h5" id={`${kind}-title`}>
          {title}
        </Title>
        <Text size="sm" fw={700}>
          {reader}
        </Text>
      </div>
      {news}
      <Stack gap="xs" p="sm">
        {children}
      </Stack>
    </section>
  );
}

/** Waiting, or not to be had. */
function Read({ error, isThere, children }: { error: unknown; isThere: boolean; children: ReactNode }) {
  if (error) return <Failed error={error} />;
  return isThere ? children : <Loading />;
}

function List({ notes }: { readonly notes: readonly NoteView[] }) {
  const { t } = useTranslation('notes');
  const names = useNames();
  if (notes.length === 0) return null;
  return (
    <ol className="motcua-note-list">
      {notes.map(({ noteId, at, author, text, asksHolder, readAt, readBy }) => (
        <li key={noteId} className={author === null ? 'motcua-from-applicant' : undefined}>
          <Group gap={6}>
            <Text size="sm" fw={700}>
              {author === null ? t('applicant') : names.official(author.officialId)}
            </Text>
            <Text size="sm" c="dimmed">
              <Moment at={at} />
            </Text>
            {asksHolder && (
              <Text size="sm" fw={700}>
                {t('asks')}
              </Text>
            )}
            {waitsToBeRead({ author, asksHolder }) &&
              (readAt === null ? (
                <Badge color="var(--motcua-soon-fill)">{t('unread')}</Badge>
              ) : (
                <Text size="sm" c="dimmed">
                  {t('read', { name: names.official(readBy) })}
                </Text>
              ))}
          </Group>
          <div className="motcua-note-text">{text ?? t('erased')}</div>
        </li>
      ))}
    </ol>
  );
}

function Rated({ feedback: { rating, words, at } }: { readonly feedback: FeedbackView }) {
  const { t } = useTranslation('notes');
  return (
    <div className="motcua-rated">
      <Text size="sm" fw={700}>
        {t('rated', { rating })}
      </Text>
      <Text size="sm" c="dimmed">
        <Moment at={at} detail="day" />
      </Text>
      {words !== null && <div className="motcua-note-text">{words}</div>}
    </div>
  );
}

interface MarkReadProps {
  readonly dossierId: string;
  readonly where: 'messages' | 'notes';
  readonly notes: readonly NoteView[];
}

/** Of such a note the holder says that it was read. */
function waitsToBeRead({ author, asksHolder }: Pick<NoteView, 'author' | 'asksHolder'>): boolean {
  return author === null || asksHolder;
}

/** The holder says that they have read it: a page that is open was not therefore read. */
function MarkRead({ dossierId, where, notes }: MarkReadProps) {
  const { t } = useTranslation('notes');
  const [refusal, setRefusal] = useState<unknown>(null);
  const send = useSendCommand();
  const last = notes.findLast((note) => waitsToBeRead(note) && note.readAt === null);
  if (!last) return null;
  const read = { dossierId, path: `${where}/read`, body: { upTo: last.noteId }, etag: null, key: last.noteId };
  return (
    <Group>
      {refusal !== null && <Failed error={refusal} />}
      <Button size="compact-sm" onClick={() => void send(read).catch(setRefusal)}>
        {t('mark-read')}
      </Button>
    </Group>
  );
}

const WITHOUT_LIVE_MS = 60_000;

/** An answer came since the page was opened. It is offered: a number is asked for, because a look at the words is logged. */
function Came({ dossierId, shown }: { readonly dossierId: string; readonly shown: readonly NoteView[] | null }) {
  const { t } = useTranslation('notes');
  const queries = useQueryClient();
  const { data: unread = 0, refetch } = useQuery(unreadQuery(dossierId));
  useUnasked(() => void refetch(), WITHOUT_LIVE_MS, true);
  const known = shown?.filter(({ author, readAt }) => author === null && readAt === null).length ?? unread;
  const show = () => void queries.invalidateQueries({ queryKey: ['dossier', dossierId, 'messages'] });
  return (
    <Group role="status" gap="xs" px="sm" pt={unread > known ? 'sm' : 0}>
      {unread > known && (
        <>
          <Text size="sm" fw={700}>
            {t('came')}
          </Text>
          <Button size="compact-sm" onClick={show}>
            {t('show')}
          </Button>
        </>
      )}
    </Group>
  );
}
