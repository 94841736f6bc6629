import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../api/problem';
import { Dialog } from '../../parts/dialog';
import { useMomentWords } from '../../parts/moment';
import { Failed, Loading } from '../../parts/states';
import { asksForSecond } from '../../parts/two-persons';
import { useSending } from '../../parts/use-sending';
import { useLoadOrPropose } from '../proposals/document-proposals';
import { useRowWords } from './row-words';
import type { Edits } from './use-edits';
import { organisationPreviewQuery, WhatChanges, type Defect } from './what-changes';

interface SaveDialogProps {
  readonly edits: Edits;
  readonly close: () => void;
  /** Opens the form in which something is to be corrected. */
  readonly correct: (defect: Defect) => void;
  /** Told the version it was saved as; null where it was proposed. */
  readonly done: (version: number | null) => void;
}

/** What the edits change, whose work would lie with nobody, and then: save, or propose where that takes two. Nothing is saved before. */
export function SaveDialog({ edits, close, correct, done }: SaveDialogProps) {
  const { t } = useTranslation(['admin-organisation', 'approvals']);
  const { edited, etag } = edits;
  const { isSending, refusal, run } = useSending();
  const [key] = useState(() => crypto.randomUUID());
  const { takesTwo, send } = useLoadOrPropose('load-organisation');
  const { data, error, refetch } = useQuery(organisationPreviewQuery(edited, etag));
  const save = () =>
    run(async () => {
      try {
        const { version } = await send<{ readonly version: number }>(edited, { etag, key });
        done(takesTwo ? null : version);
      } catch (problem) {
        if (isStale(problem)) await edits.readAnew();
        if (!asksForSecond(problem)) throw problem;
      }
    });
  return (
    <Dialog title={t('save.title')} close={isSending ? null : close} size="xl">
      <Stack gap="sm">
        {isStale(refusal) ? <Faster problem={refusal} edits={edits} /> : refusal !== null && <Failed error={refusal} />}
        {error && <Failed error={error} retry={() => void refetch()} />}
        {!data && !error && <Loading />}
        {data && <WhatChanges preview={data} {...edits} correct={correct} />}
        {takesTwo && (
          <Text size="sm" fw={700} role="status">
            {t('approvals:document.takes-two')}
          </Text>
        )}
        <Group>
          <Button
            data-autofocus
            loading={isSending}
            disabled={!data || data.defects.length > 0 || edits.edits.length === 0}
            onClick={() => void save()}
          >
            {t(takesTwo ? 'approvals:document.propose' : 'save.yes')}
          </Button>
          <Button variant="default" onClick={close} disabled={isSending}>
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
