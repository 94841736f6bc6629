import { Anchor, Button, Code, Group, List, Paper, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dossierIdQuery } from '../api/reads';
import { NoSuchDossier } from '../dossier/no-such-dossier';
import { nowMs } from '../now';
import { download } from '../parts/download';
import { Moment } from '../parts/moment';
import { Failed, Loading, isNotFound } from '../parts/states';
import './audit.css';
import { auditQuery, type DossierAudit } from './audit-reads';
import { chainBreaks, type ChainBreak } from './chain';
import { Mark } from './mark';
import { WhoseLateness } from './whose-lateness';
import { WitnessTable } from './witness-table';
import { linesOf } from './witnesses';

/** One dossier as a judge would want it: who held it when it became late, whether anybody changed the record, and the proof of it. */
export default function DossierAuditPage() {
  const { code = '' }: { code?: string } = useParams({ strict: false });
  const { data: dossierId, error, refetch } = useQuery(dossierIdQuery(code));
  if (isNotFound(error)) return <NoSuchDossier code={code} />;
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return dossierId === undefined ? <Loading /> : <Audited key={dossierId} dossierId={dossierId} code={code} />;
}

interface OfDossier {
  readonly dossierId: string;
  readonly code: string;
}

function Audited({ dossierId, code }: OfDossier) {
  const { t } = useTranslation('audit');
  const { data, dataUpdatedAt, error, refetch, isFetching } = useQuery(auditQuery(dossierId));
  if (isNotFound(error)) return <NoSuchDossier code={code} />;
  return (
    <>
      <Heading key={dataUpdatedAt} code={code} />
      {data && (
        <Group gap="xs" className="motcua-no-print" mb="sm">
          <Button onClick={() => downloadArchive(data.archive, code)}>{t('download')}</Button>
          <Button variant="default" onClick={() => window.print()}>
            {t('print')}
          </Button>
          <Button variant="default" disabled={isFetching} onClick={() => void refetch()}>
            {t('again')}
          </Button>
        </Group>
      )}
      <WhoseLateness dossierId={dossierId} />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Comparing />}
      {data && <Compared audit={data} code={code} />}
    </>
  );
}

function Heading({ code }: { readonly code: string }) {
  const { t } = useTranslation('audit');
  useEffect(() => {
    document.title = `${t('of', { code })} · Motcua`;
  }, [t, code]);
  const [at] = useState(() => new Date(nowMs()).toISOString());
  return (
    <header className="motcua-dossier-heading">
      <Title order={1} size="h3">
        {t('of', { code })}
      </Title>
      <Group gap="md" className="motcua-audit-links">
        <Text size="sm">
          {t('asked-at')} <Moment at={at} detail="second" />
        </Text>
        <Anchor
          size="sm"
          className="motcua-no-print"
          renderRoot={(props) => <Link to={`/dossiers/${encodeURIComponent(code)}`} {...props} />}
        >
          {t('dossier-page')}
        </Anchor>
        <Anchor
          size="sm"
          className="motcua-no-print"
          renderRoot={(props) => <Link to="/audit/access" search={{ code }} {...props} />}
        >
          {t('who-looked')}
        </Anchor>
      </Group>
    </header>
  );
}

/** The history is lived again beside the servers, one dossier after the other: it may take a moment. */
function Comparing() {
  const { t } = useTranslation('audit');
  return (
    <>
      <Text size="sm">{t('comparing')}</Text>
      <Loading />
    </>
  );
}

function Compared({ audit, code }: { readonly audit: DossierAudit; readonly code: string }) {
  const breaks = useChainBreaks(audit);
  if (breaks === null) return <Loading />;
  const lines = linesOf(audit, breaks);
  return (
    <>
      <Verdict audit={audit} breaks={breaks} doubted={lines.filter(({ doubts }) => doubts.length > 0).length} />
      <WitnessTable lines={lines} hasHistory={audit.archive.history !== null} />
      <TakeAway audit={audit} code={code} />
    </>
  );
}

/** Null while the browser still reckons. */
function useChainBreaks({ archive }: DossierAudit): readonly ChainBreak[] | null {
  const { data = null } = useQuery({
    queryKey: ['chain', archive.dossierId, archive.entries.map(({ hash }) => hash)],
    queryFn: () => chainBreaks(archive.dossierId, archive.entries),
    staleTime: Infinity,
    gcTime: 0,
  });
  return data;
}

interface VerdictProps {
  readonly audit: DossierAudit;
  readonly breaks: readonly ChainBreak[];
  /** How many entries something speaks against. */
  readonly doubted: number;
}

function Verdict({ audit: { archive, findings }, breaks, doubted }: VerdictProps) {
  const { t } = useTranslation('audit');
  const agrees = findings.length === 0 && doubted === 0;
  return (
    <Paper withBorder p="sm" mb="md" component="section" aria-labelledby="verdict-title">
      <Title order={2} size="h5" id="verdict-title" mb={4}>
        <Mark agrees={agrees}>{t(agrees ? 'verdict.agree' : 'verdict.differ')}</Mark>
      </Title>
      <List size="sm" spacing={2} listStyleType="none">
        <List.Item>
          <Mark agrees={breaks.length === 0}>
            {breaks.length === 0
              ? t('chain.unbroken', { count: archive.entries.length })
              : t('chain.broken', { sequence: breaks[0]?.sequence ?? 0, count: archive.entries.length })}
          </Mark>{' '}
          {t('chain.here')}
        </List.Item>
        {findings.map(({ kind, sequence, says }) => (
          <List.Item key={`${kind} ${says}`}>
            <Mark agrees={false}>{t(`finding.${kind}`)}</Mark>
            {sequence !== null && ` ${t('at-entry', { sequence })}`}
            <Text size="xs" c="dimmed" lang="en">
              {says}
            </Text>
          </List.Item>
        ))}
        {findings.length === 0 && (
          <List.Item>
            <Mark agrees>{t(archive.history === null ? 'verdict.not-watched' : 'verdict.replayed')}</Mark>
          </List.Item>
        )}
      </List>
      <Text size="sm" mt={4}>
        {t(agrees ? 'verdict.agree-about' : 'verdict.differ-about')}
      </Text>
    </Paper>
  );
}

/** What to do with the file, for whoever believes no server of ours. */
function TakeAway({ audit: { archive }, code }: { readonly audit: DossierAudit; readonly code: string }) {
  const { t } = useTranslation('audit');
  return (
    <section aria-labelledby="take-title">
      <Title order={2} size="h5" id="take-title" mt="md">
        {t('take.title')}
      </Title>
      <Text size="sm">{t('take.about')}</Text>
      <Code block mt={4}>{`npx motcua audit verify ${fileNameOf(code)}`}</Code>
      <Text size="xs" c="dimmed" mt={4} className="motcua-hash">
        {t('take.workflow-code')} SHA-256 {archive.workflowCode}
      </Text>
    </section>
  );
}

function fileNameOf(code: string): string {
  return `${code}.audit.json`;
}

/** As `motcua audit verify` reads it. */
function downloadArchive(archive: DossierAudit['archive'], code: string): void {
  download(JSON.stringify(archive), fileNameOf(code), 'application/json');
}
