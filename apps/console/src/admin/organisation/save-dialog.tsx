import { Anchor, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call';
import type { paths } from '../../api/desk';
import { Problem } from '../../api/problem';
import { Dialog } from '../../parts/dialog';
import { useMomentWords } from '../../parts/moment';
import { Failed, Loading } from '../../parts/states';
import { collisions, type Edit } from './edits';
import { useRowWords, type RowWords } from './row-words';
import type { Edits } from './use-edits';

type Preview = paths['/organisation/previews']['post']['responses'][200]['content']['application/json'];
export type Defect = Preview['defects'][number];

interface SaveDialogProps {
  readonly edits: Edits;
  readonly close: () => void;
  /** Opens the form in which something is to be corrected. */
  readonly correct: (defect: Defect) => void;
  readonly done: (version: number) => void;
}

/** What the edits change, whose work would lie with nobody, and then: save. Nothing is saved before. */
export function SaveDialog({ edits, close, correct, done }: SaveDialogProps) {
  const { t } = useTranslation('admin-organisation');
  const { edited, etag } = edits;
  const [refusal, setRefusal] = useState<unknown>(null);
  const [isSending, setIsSending] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['organisation-preview', etag, edited],
    queryFn: async ({ signal }) =>
      (await call<Preview>('/api/desk/organisation/previews', { method: 'POST', body: edited, signal })).body,
    gcTime: 0,
    retry: false,
  });
  const save = async () => {
    setIsSending(true);
    setRefusal(null);
    try {
      const headers = etag === null ? {} : { 'if-match': etag };
      const path = '/api/desk/organisation';
      const { body } = await call<{ readonly version: number }>(path, { method: 'POST', body: edited, headers });
      done(body.version);
    } catch (problem) {
      setRefusal(problem);
      if (isStale(problem)) await edits.readAnew();
    } finally {
      setIsSending(false);
    }
  };
  return (
    <Dialog title={t('save.title')} close={close} size="xl">
      <Stack gap="sm">
        {isStale(refusal) ? <Faster problem={refusal} edits={edits} /> : refusal !== null && <Failed error={refusal} />}
        {error && <Failed error={error} retry={() => void refetch()} />}
        {!data && !error && <Loading />}
        {data && <Found preview={data} edits={edits} correct={correct} />}
        <Group>
          <Button
            data-autofocus
            loading={isSending}
            disabled={!data || data.defects.length > 0 || edits.edits.length === 0}
            onClick={() => void save()}
          >
            {t('save.yes')}
          </Button>
          <Button variant="default" onClick={close}>
            {t('save.back')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function isStale(problem: unknown): problem is Problem {
  return problem instanceof Problem && problem.code === 'ORGANISATION_STALE';
}

/** Somebody saved meanwhile: who, when, and that nothing typed here is lost. */
function Faster({ problem, edits }: { readonly problem: Problem; readonly edits: Edits }) {
  const { t } = useTranslation('admin-organisation');
  const words = useRowWords(edits.saved);
  const moment = useMomentWords();
  const loaded = problem.facts['loaded'] as { readonly officialId: string; readonly at: string } | null | undefined;
  return (
    <Stack gap={4} role="alert" className="motcua-failed">
      <Text fw={700}>
        {loaded
          ? t('save.faster', { who: words.official(loaded.officialId), at: moment(loaded.at) })
          : t('save.faster-somebody')}
      </Text>
      <Text size="sm">{t('save.faster-kept')}</Text>
    </Stack>
  );
}

interface FoundProps {
  readonly preview: Preview;
  readonly edits: Edits;
  readonly correct: (defect: Defect) => void;
}

function Found({ preview, edits, correct }: FoundProps) {
  const { t } = useTranslation('admin-organisation');
  const words = useRowWords(edits.edited);
  const both = collisions(edits.saved, edits.edits);
  return (
    <>
      {preview.defects.length > 0 && (
        <div role="alert" className="motcua-failed">
          <Text fw={700}>{t('save.defects', { count: preview.defects.length })}</Text>
          <List>
            {preview.defects.map((defect) => (
              <List.Item key={`${defect.field} ${defect.code}`}>
                <Anchor component="button" type="button" onClick={() => correct(defect)}>
                  {t(`defect.${defect.code}`)} ({defect.field})
                </Anchor>
              </List.Item>
            ))}
          </List>
        </div>
      )}
      <Lines title={t('save.changes', { count: edits.edits.length })} edits={edits.edits} words={words} />
      {both.length > 0 && <Lines title={t('save.both')} edits={both} words={words} />}
      <LeavingLines leaving={preview.leaving} words={words} />
    </>
  );
}

function Lines({
  title,
  edits,
  words,
}: {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly words: RowWords;
}) {
  const { t } = useTranslation('admin-organisation');
  const kindOf = ({ before, after }: Edit) => (before === null ? 'added' : after === null ? 'removed' : 'changed');
  return (
    <div>
      <Title order={3} size="h5">
        {title}
      </Title>
      <List>
        {edits.map((edit) => (
          <List.Item key={`${edit.part} ${edit.key}`}>
            {t(`save.${kindOf(edit)}`)}: {t(`thing.${edit.part}`)},{' '}
            {words.row(edit.part, edit.after ?? edit.before ?? {})}
          </List.Item>
        ))}
      </List>
    </div>
  );
}

function LeavingLines({ leaving, words }: { readonly leaving: Preview['leaving']; readonly words: RowWords }) {
  const { t } = useTranslation('admin-organisation');
  if (leaving.length === 0) return <Text size="sm">{t('save.nobody-leaves')}</Text>;
  return (
    <div>
      <Title order={3} size="h5">
        {t('save.leaving')}
      </Title>
      <List>
        {leaving.map(({ officialId, postId, because, from, actingOfficialId, openDossiers }) => (
          <List.Item key={`${officialId} ${postId} ${because} ${from}`}>
            {t(`save.leaves-${because}`, {
              who: words.official(officialId),
              post: words.post(postId),
              from: words.field('day', from),
            })}{' '}
            <Text span fw={openDossiers > 0 ? 700 : 400}>
              {t('save.open', { count: openDossiers })}
            </Text>{' '}
            {actingOfficialId === null ? (
              <Text span fw={700} className="motcua-nobody">
                {t('save.nobody-acts')}
              </Text>
            ) : (
              t('save.acts', { who: words.official(actingOfficialId) })
            )}
          </List.Item>
        ))}
      </List>
      {leaving.some(({ openDossiers }) => openDossiers > 0) && <Text size="sm">{t('save.hand-on')}</Text>}
    </div>
  );
}
