import { Badge, Button, Grid, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Attachments } from '../attachments/attachments';
import { commandsQuery, dossierQuery, historyQuery, proceduresQuery } from '../api/reads';
import type { DossierView } from '../api/views';
import { ProposalsOfDossier } from '../approvals/proposals-of-dossier';
import { ClockCard } from '../clock/clock-card';
import { usePageActions } from '../frame/actions';
import { EFormPanel } from '../e-form/e-form-panel';
import { AlsoHere } from '../live/presence';
import { useUnasked } from '../live/unasked';
import { PapersPanel } from '../papers/papers-panel';
import { Notes } from '../notes/notes';
import { OpinionsOfDossier } from '../opinions/opinions-of-dossier';
import { Failed, Loading, isNotFound } from '../parts/states';
import type { Language } from '../words/words';
import { isFormName, type FormName } from './command-forms';
import { CommandDialog } from './command-dialog';
import { Commands } from './commands';
import './dossier.css';
import { FormsOfDossier } from './forms-of-dossier';
import { History } from './history';
import { Links } from './links';
import { NoSuchDossier } from './no-such-dossier';
import { People } from './people';

/** Everything about one dossier that the reader may see, and everything they may do with it. */
export function Dossier({ dossierId }: { readonly dossierId: string }) {
  const { data, error, refetch } = useQuery(dossierQuery(dossierId));
  if (isNotFound(error)) return <NoSuchDossier code={null} />;
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return data ? <Shown view={data.view} etag={data.etag} /> : <Loading />;
}

function Shown({ view, etag }: { readonly view: DossierView; readonly etag: string | null }) {
  const { t } = useTranslation('dossier');
  const [command, setCommand] = useState<FormName | null>(null);
  const { data: commands } = useQuery(commandsQuery(view.dossierId));
  const reads = (part: DossierView['readable'][number]) => view.readable.includes(part);
  const allowed = (commands ?? []).flatMap(({ name, allowed }) => (allowed && isFormName(name) ? [name] : []));
  usePageActions(
    allowed.map((name) => ({ id: name, label: t(`command.${name}`) })),
    (id) => isFormName(id) && setCommand(id),
  );
  return (
    <>
      <Heading view={view} />
      <AlsoHere dossierId={view.dossierId} />
      <ChangedMeanwhile view={view} />
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 8 }}>
          <Stack gap="md">
            <ClockCard view={view} />
            {reads('read-notes') && <Notes view={view} />}
            <History view={view} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Stack gap="md">
            {reads('read-approvals') && <ProposalsOfDossier dossierId={view.dossierId} />}
            <Commands dossierId={view.dossierId} open={setCommand} />
            <OpinionsOfDossier opinions={view.opinions} />
            <PapersPanel
              dossierId={view.dossierId}
              check={allowed.includes('check-papers') ? () => setCommand('check-papers') : null}
            />
            <People view={view} />
            <Links dossierId={view.dossierId} />
            <Attachments view={view} />
            {reads('read-e-form') && <EFormPanel view={view} />}
            {reads('read-form') && <FormsOfDossier dossierId={view.dossierId} />}
          </Stack>
        </Grid.Col>
      </Grid>
      {command !== null && (
        <CommandDialog key={command} name={command} view={view} etag={etag} close={() => setCommand(null)} />
      )}
    </>
  );
}

function Heading({ view }: { readonly view: DossierView }) {
  const { t, i18n } = useTranslation('dossier');
  const { data: procedures } = useQuery(proceduresQuery(i18n.language));
  const code = view.code ?? t('no-code');
  useEffect(() => {
    document.title = `${code} · Motcua`;
  }, [code]);
  const procedure = procedures?.find((one) => one.code === view.procedureCode)?.names[i18n.language as Language];
  return (
    <header className="motcua-dossier-heading">
      <Group gap="sm" align="center">
        <Title order={1} size="h3">
          {code}
        </Title>
        <Badge size="lg" color="var(--motcua-paused-fill)">
          {t(`clock:status.${view.status}`)}
        </Badge>
        {view.result !== null && <Text fw={700}>{t(`word.${view.result}`)}</Text>}
      </Group>
      <Text>
        {procedure ?? view.procedureCode}
        <Text span c="dimmed" size="sm">
          {' '}
          {view.procedureCode}, {t('version', { number: view.procedureVersion })}, {t(`channel.${view.channel}`)}
        </Text>
      </Text>
    </header>
  );
}

/** How often the history is compared where the live connection is not to be had. */
const WITHOUT_LIVE_MS = 60_000;

/**
 * Somebody else did something with the dossier since it was opened. The page offers to show it and does not change by itself: a
 * command is decided upon what was seen. The history is asked, because a look at the dossier itself is logged.
 */
function ChangedMeanwhile({ view }: { readonly view: DossierView }) {
  const { t } = useTranslation('dossier');
  const queries = useQueryClient();
  const { data: entries, refetch } = useQuery(historyQuery(view.dossierId));
  useUnasked(() => void refetch(), WITHOUT_LIVE_MS, true);
  const last = entries?.at(-1)?.event.sequence ?? 0;
  const show = () => void queries.invalidateQueries({ queryKey: ['dossier', view.dossierId] });
  return (
    <Group role="status" mb={last > view.lastSequence ? 'sm' : 0}>
      {last > view.lastSequence && (
        <>
          <Text>{t('changed-meanwhile')}</Text>
          <Button size="compact-sm" variant="default" onClick={show}>
            {t('show-newest')}
          </Button>
        </>
      )}
    </Group>
  );
}
