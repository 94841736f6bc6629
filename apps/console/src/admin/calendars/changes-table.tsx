import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDayWords } from '../../parts/day-words';
import { HeadRow } from '../../parts/head-row';
import { TableRegion } from '../../parts/table-region';
import type { Language } from '../../words/words';
import type { ChangedDay } from './calendar-reads';

/** The days of which two versions say another opening time, and the law behind each. */
export function ChangesTable({ changes }: { readonly changes: readonly ChangedDay[] }) {
  const { t, i18n } = useTranslation('calendars');
  const dayWords = useDayWords();
  const named = (said: ChangedDay['was']) => said?.[i18n.language as Language] ?? t('change.ordinary');
  if (changes.length === 0) return <Text size="sm">{t('change.none')}</Text>;
  const label = t('change.title', { count: changes.length });
  return (
    <TableRegion label={label} className="motcua-tall">
      <Table aria-label={label}>
        <HeadRow labels={[t('day'), t('change.was'), t('change.is'), t('legal-basis')]} />
        <Table.Tbody>
          {changes.map(({ date, was, is, legalBasis }) => (
            <Table.Tr key={date}>
              <Table.Th scope="row">{dayWords(date)}</Table.Th>
              <Table.Td>{named(was)}</Table.Td>
              <Table.Td>{named(is)}</Table.Td>
              <Table.Td>{legalBasis ?? t('change.hours')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </TableRegion>
  );
}
