import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { papersQuery, useNames } from '../api/reads';
import type { PaperOfDossier } from '../api/views';
import { Moment } from '../parts/moment';
import { Failed, Loading } from '../parts/states';
import './papers.css';

/** The shape beside the word, so that the list can be read at a glance and without colour. */
const shapes: Readonly<Record<PaperOfDossier['state'], string>> = { present: '✓', missing: '✕', 'not-looked-at': '○' };

/** Which papers of a dossier lie there, since when, and who looked. `check` is null for who may not mark them. */
export function PapersPanel({ dossierId, check }: { readonly dossierId: string; readonly check: (() => void) | null }) {
  const { t, i18n } = useTranslation('papers');
  const { data: papers, error, refetch } = useQuery(papersQuery(dossierId, i18n.language));
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="papers-title">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5" id="papers-title">
          {t('title')}
        </Title>
        {check && papers && papers.length > 0 && (
          <Button size="compact-sm" variant="default" className="motcua-no-print" onClick={check}>
            {t('change')}
          </Button>
        )}
      </Group>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!papers && !error && <Loading />}
      {papers?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('none')}
        </Text>
      )}
      <ul className="motcua-papers">
        {papers?.map((paper) => (
          <li key={paper.component} data-state={paper.state}>
            <span className="motcua-shape" aria-hidden>
              {shapes[paper.state]}
            </span>
            <div>
              <Text size="sm">{paper.name}</Text>
              <Found paper={paper} />
            </div>
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function Found({ paper: { state, originals, copies, since } }: { readonly paper: PaperOfDossier }) {
  const { t } = useTranslation('papers');
  const names = useNames();
  const counts = [
    originals > 0 && t('n-originals', { count: originals }),
    copies > 0 && t('n-copies', { count: copies }),
  ];
  return (
    <Text size="xs" c="dimmed">
      <Text span size="xs" fw={700} c="var(--mantine-color-text)">
        {[t(`state.${state}`), ...counts].filter((one) => one !== false).join(' · ')}
      </Text>
      {since && (
        <>
          {' · '}
          <Moment at={since.at} detail="day" />, {names.official(since.by.officialId)}
        </>
      )}
    </Text>
  );
}
