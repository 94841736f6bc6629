import { Anchor, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDayWords } from '../../parts/day-words';
import { HeadRow } from '../../parts/head-row';
import { Empty, Failed, Loading } from '../../parts/states';
import { TableRegion } from '../../parts/table-region';
import { CatalogueProposals } from '../catalogue/catalogue-proposals';
import { FilePanel } from '../catalogue/file-panel';
import { calendarsQuery } from './calendar-reads';
import './calendars.css';
import { RecomputationPanel } from './recomputation-panel';

/** Every work calendar, a new one taken in, and what newer ones mean for the open dossiers. */
export default function CalendarsPage() {
  const { t } = useTranslation('calendars');
  const dayWords = useDayWords();
  const { data, error, refetch } = useQuery(calendarsQuery);
  return (
    <>
      <Title order={1} size="h3">
        {t('title')}
      </Title>
      <Text size="sm">{t('about')}</Text>
      <CatalogueProposals />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.length === 0 && <Empty>{t('none')}</Empty>}
      {data && data.length > 0 && (
        <TableRegion label={t('title')}>
          <Table mt="xs">
            <HeadRow labels={[t('calendar'), t('inherits'), t('in-force'), t('announced-until'), t('valid-to')]} />
            <Table.Tbody>
              {data.map(({ id, inherits, versions, announcedUntil, validTo }) => (
                <Table.Tr key={id}>
                  <Table.Th scope="row">
                    <Anchor
                      inherit
                      renderRoot={(props) => <Link to="/admin/calendars/$id" params={{ id }} {...props} />}
                    >
                      {id}
                    </Anchor>
                  </Table.Th>
                  <Table.Td>{inherits ?? t('whole')}</Table.Td>
                  <Table.Td>
                    {versions[0]} ({t('versions', { count: versions.length })})
                  </Table.Td>
                  <Table.Td>{dayWords(announcedUntil)}</Table.Td>
                  <Table.Td>{dayWords(validTo)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </TableRegion>
      )}
      <FilePanel />
      <RecomputationPanel />
    </>
  );
}
