import { Anchor, Button, Group, NativeSelect, Table, Text, Title } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../../api/reads';
import { sessionQuery } from '../../api/session';
import { nowMs } from '../../now';
import { useAddress } from '../../parts/address';
import { useDayWords } from '../../parts/day-words';
import { dayAt } from '../../parts/days';
import { HeadRow } from '../../parts/head-row';
import { Failed, Loading } from '../../parts/states';
import { TableRegion } from '../../parts/table-region';
import { CatalogueProposals } from './catalogue-proposals';
import { differencesQuery, versionQuery, versionsQuery, type VersionInTime } from './catalogue-reads';
import { DifferencesTable } from './differences-table';
import { FilePanel } from './file-panel';
import { StateDialog, type Act } from './state-dialog';
import { VersionFacts } from './version-facts';
import { takingOn } from './versions';

/** One procedure: its versions and what becomes of them, one of them read, two of them compared. */
export default function ProcedurePage() {
  const { t } = useTranslation('catalogue');
  const { id: code = '' }: { readonly id?: string } = useParams({ strict: false });
  const [address] = useAddress();
  const { data, error, refetch } = useQuery(versionsQuery(code));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const chosen = data.find(({ version }) => String(version) === address['version']) ?? data[0];
  return (
    <>
      <Title order={1} size="h3">
        {t('title-of', { code })}
      </Title>
      <CatalogueProposals />
      <Versions code={code} versions={data} chosen={chosen} />
      {chosen && <Reading code={code} version={chosen.version} />}
      {chosen && <Comparing key={chosen.version} code={code} version={chosen.version} versions={data} />}
      <FilePanel />
    </>
  );
}

interface VersionsProps {
  readonly code: string;
  readonly versions: readonly VersionInTime[];
  /** The one that is read. */
  readonly chosen: VersionInTime | undefined;
}

function Versions({ code, versions, chosen }: VersionsProps) {
  const { t } = useTranslation('catalogue');
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { data: me } = useSuspenseQuery(meQuery);
  const dayWords = useDayWords();
  const [acting, setActing] = useState<{ readonly act: Act; readonly version: VersionInTime } | null>(null);
  const [today] = useState(() => dayAt(nowMs(), me.timeZone));
  const taking = takingOn(versions, today);
  const actOn = ({ state }: VersionInTime): Act | null => {
    if (state === 'draft' && 'publish-procedure' in session.rights) return 'publish';
    return state === 'published' && 'withdraw-procedure' in session.rights ? 'withdraw' : null;
  };
  return (
    <>
      <TableRegion label={t('versions-of', { code })}>
        <Table aria-label={t('versions-of', { code })} mt="xs">
          <HeadRow labels={[t('version'), t('state'), t('valid'), t('act')]} />
          <Table.Tbody>
            {versions.map((version) => {
              const act = actOn(version);
              return (
                <Table.Tr key={version.version}>
                  <Table.Th scope="row">
                    <Anchor
                      inherit
                      aria-current={version === chosen ? 'true' : undefined}
                      fw={version === chosen ? 700 : undefined}
                      renderRoot={(props) => <Link to="." search={{ version: String(version.version) }} {...props} />}
                    >
                      {t('version-number', { version: version.version })}
                    </Anchor>
                  </Table.Th>
                  <Table.Td>
                    {t(`state-of.${version.state}`)}
                    {version === taking && <strong> · {t('taking')}</strong>}
                  </Table.Td>
                  <Table.Td>
                    {version.validFrom === null ? t('always') : t('from', { day: dayWords(version.validFrom) })}
                    {version.withdrawnFrom !== null &&
                      `, ${t('withdrawn-from', { day: dayWords(version.withdrawnFrom) })}`}
                  </Table.Td>
                  <Table.Td>
                    {act && (
                      <Button
                        size="compact-sm"
                        variant="default"
                        aria-label={t(`${act}.of`, { version: version.version })}
                        onClick={() => setActing({ act, version })}
                      >
                        {t(`${act}.do`)}
                      </Button>
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </TableRegion>
      {taking === null && (
        <Text size="sm" fw={700}>
          {t('none-taking')}
        </Text>
      )}
      {acting && (
        <StateDialog {...acting} code={code} versions={versions} today={today} close={() => setActing(null)} />
      )}
    </>
  );
}

interface ReadingProps {
  readonly code: string;
  readonly version: number;
}

function Reading({ code, version }: ReadingProps) {
  const { data, error, refetch } = useQuery(versionQuery(code, version));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return data ? <VersionFacts {...data} /> : <Loading />;
}

function Comparing({ code, version, versions }: ReadingProps & { readonly versions: readonly VersionInTime[] }) {
  const { t } = useTranslation('catalogue');
  const earlier = versions.filter((one) => one.version < version).map((one) => one.version);
  const [before] = earlier;
  return (
    <section aria-labelledby="compare-title">
      <Title order={2} size="h5" id="compare-title" mt="md">
        {t('compare.title')}
      </Title>
      {before === undefined ? (
        <Text size="sm">{t('compare.first')}</Text>
      ) : (
        <Compared code={code} version={version} earlier={earlier} before={before} />
      )}
    </section>
  );
}

interface ComparedProps extends ReadingProps {
  readonly earlier: readonly number[];
  readonly before: number;
}

function Compared({ code, version, earlier, before }: ComparedProps) {
  const { t } = useTranslation('catalogue');
  const [against, setAgainst] = useState(before);
  const { data, error, refetch } = useQuery(differencesQuery(code, version, against));
  return (
    <>
      <Group mb="xs">
        <NativeSelect
          label={t('compare.with', { version })}
          value={String(against)}
          data={earlier.map((one) => ({ value: String(one), label: t('version-number', { version: one }) }))}
          onChange={(event) => setAgainst(Number(event.currentTarget.value))}
        />
      </Group>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.length === 0 && <Text size="sm">{t('compare.same')}</Text>}
      {data && data.length > 0 && (
        <DifferencesTable label={t('compare.label', { version, before: against })} differences={data} />
      )}
    </>
  );
}
