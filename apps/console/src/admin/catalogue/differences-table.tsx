import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { HeadRow } from '../../parts/head-row';
import { TableRegion } from '../../parts/table-region';
import type { FieldDifference } from './catalogue-reads';

interface DifferencesTableProps {
  readonly label: string;
  readonly differences: readonly FieldDifference[];
}

/** What two versions say otherwise, field by field: where, what it was, what it is. Fields are named in the reader's words. */
export function DifferencesTable({ label, differences }: DifferencesTableProps) {
  const { t } = useTranslation('catalogue');
  const named = (part: string) => t(`part.${part}`, { defaultValue: part });
  return (
    <TableRegion label={label} className="motcua-tall">
      <Table aria-label={label} className="motcua-differences">
        <HeadRow labels={[t('difference.where'), t('difference.was'), t('difference.is')]} />
        <Table.Tbody>
          {differences.map(({ path, was, is }) => (
            <Table.Tr key={path.join('/')}>
              <Table.Th scope="row">{path.map(named).join(' › ')}</Table.Th>
              <Table.Td>{was ?? t('difference.nothing')}</Table.Td>
              <Table.Td>{is ?? t('difference.nothing')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </TableRegion>
  );
}
