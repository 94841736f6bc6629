import { Anchor, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { proceduresFound } from '../../intake/find-procedures';
import { useAddress } from '../../parts/address';
import { useDayWords } from '../../parts/day-words';
import { HeadRow } from '../../parts/head-row';
import { Empty, Failed, Loading } from '../../parts/states';
import { TableRegion } from '../../parts/table-region';
import { CatalogueProposals } from './catalogue-proposals';
import { allProceduresQuery, type ListedProcedure } from './catalogue-reads';
import { FilePanel } from './file-panel';

/** A province has 1,300 procedures; whoever wants one of them types a part of its name. */
const SHOWN = 200;

/** Every procedure with its state and validity, and a new version taken in. */
export default function CataloguePage() {
  const { t } = useTranslation('catalogue');
  const [address, change] = useAddress();
  const { data, error, refetch } = useQuery(allProceduresQuery);
  const text = address['find'] ?? '';
  // They are called by their name in the office's language, in which people look for them.
  const found = data && proceduresFound(data, text, ({ name }) => name, 'vi');
  return (
    <>
      <Title order={1} size="h3">
        {t('title')}
      </Title>
      <CatalogueProposals />
      <TextInput
        label={t('find')}
        value={text}
        maw={420}
        mb="xs"
        maxLength={100}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => change({ find: event.currentTarget.value })}
      />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {found && (
        <Text size="sm" role="status">
          {t('found', { count: found.length })}
          {found.length > SHOWN && ` ${t('first-shown', { shown: SHOWN })}`}
        </Text>
      )}
      {found?.length === 0 && <Empty>{t(text === '' ? 'none' : 'none-found')}</Empty>}
      {found && found.length > 0 && <Procedures procedures={found.slice(0, SHOWN)} />}
      <FilePanel />
    </>
  );
}

function Procedures({ procedures }: { readonly procedures: readonly ListedProcedure[] }) {
  const { t } = useTranslation('catalogue');
  const dayWords = useDayWords();
  return (
    <TableRegion label={t('title')} className="motcua-procedures">
      <Table aria-label={t('title')}>
        <HeadRow labels={[t('code'), t('name'), t('newest'), t('state'), t('valid'), t('drafts')]} />
        <Table.Tbody>
          {procedures.map(({ code, name, newest, versions, state, validFrom, withdrawnFrom, drafts }) => (
            <Table.Tr key={code}>
              <Table.Th scope="row" className="motcua-code">
                <Anchor
                  inherit
                  renderRoot={(props) => <Link to="/admin/catalogue/$id" params={{ id: code }} {...props} />}
                >
                  {code}
                </Anchor>
              </Table.Th>
              <Table.Td>{name}</Table.Td>
              <Table.Td>
                {newest} ({t('versions', { count: versions })})
              </Table.Td>
              <Table.Td>{t(`state-of.${state}`)}</Table.Td>
              <Table.Td>
                {validFrom === null ? t('always') : t('from', { day: dayWords(validFrom) })}
                {withdrawnFrom !== null && `, ${t('withdrawn-from', { day: dayWords(withdrawnFrom) })}`}
              </Table.Td>
              <Table.Td>{drafts}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </TableRegion>
  );
}
