import { Button, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../parts/address';
import { download } from '../parts/download';
import { TableRegion } from '../parts/table-region';
import { csvOf } from './csv';
import { FigureLink } from './figure-link';
import type { Figures } from './figures';
import { groupings, useGroupWords, type GroupedBy } from './group-words';

type GroupFigures = Figures['groups'][number];

/** The columns, each a figure with the number it has in a group. */
const columns = [
  ['received', ({ received }: GroupFigures) => received.total],
  ['carriedOver', ({ received }: GroupFigures) => received.carriedOver],
  ['settled', ({ settled }: GroupFigures) => settled.total],
  ['late', ({ settled }: GroupFigures) => settled.late],
  ['pending', ({ pending }: GroupFigures) => pending.total],
  ['overdue', ({ pending }: GroupFigures) => pending.overdue],
] as const;

/** By what the address tells figures apart; null for not at all. */
export function groupedBy(value: string | undefined): GroupedBy | null {
  return groupings.find((one) => one === value) ?? null;
}

/** By what to tell the figures apart; an address of its own each. */
export function GroupingChoice({ by }: { readonly by: GroupedBy | null }) {
  const { t } = useTranslation('figures');
  const [, change] = useAddress();
  return (
    <Group gap="xs" role="group" aria-label={t('by.title')} className="motcua-no-print" mt="sm">
      <Text size="sm">{t('by.title')}</Text>
      {[null, ...groupings].map((one) => (
        <Button
          key={one}
          size="compact-sm"
          variant={one === by ? 'filled' : 'default'}
          aria-pressed={one === by}
          onClick={() => change({ by: one ?? undefined })}
        >
          {t(`by.${one ?? 'none'}`)}
        </Button>
      ))}
    </Group>
  );
}

interface GroupsTableProps {
  readonly figures: Figures;
  readonly by: GroupedBy;
}

/** The figures of each group. A number opens the dossiers it counts; the bar is how much of what was settled was late. */
export function GroupsTable({ figures, by }: GroupsTableProps) {
  const { t, i18n } = useTranslation('figures');
  const words = useGroupWords();
  const byName = new Intl.Collator(i18n.language).compare;
  const groups = figures.groups
    .map((group) => ({ ...group, name: words(by, group.key) }))
    .sort((one, other) => (by === 'month' ? byName(one.key, other.key) : byName(one.name, other.name)));
  const askedOf = ({ key, from, until }: GroupFigures) => ({
    from,
    until,
    ...(figures.officeId === null ? {} : { officeId: figures.officeId }),
    ...(by === 'month' ? {} : { by, key }),
  });
  const save = () => {
    const head = [t(`column.by.${by}`), ...columns.map(([name]) => t(`title-of.${name}`))];
    const rows = groups.map((group) => [group.name, ...columns.map(([, countIn]) => countIn(group))]);
    download(csvOf([head, ...rows]), `${t('file')}-${by}.csv`, 'text/csv;charset=utf-8');
  };
  const caption = t('by.caption', { by: t(`by.${by}`) });
  return (
    <>
      <TableRegion label={caption}>
        <Table className="motcua-figures motcua-groups" captionSide="top">
          <Table.Caption>
            {caption} {t(by === 'month' ? 'by.month-how' : by === 'official' ? 'by.official-how' : 'by.sum-how')}
          </Table.Caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t(`column.by.${by}`)}</Table.Th>
              {columns.map(([name]) => (
                <Table.Th key={name} scope="col" className="motcua-number" title={t(`how.${name}`)}>
                  {t(`title-of.${name}`)}
                </Table.Th>
              ))}
              <Table.Th scope="col">{t('late-share')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {groups.map((group) => (
              <Table.Tr key={group.key}>
                <Table.Th scope="row">{group.name}</Table.Th>
                {columns.map(([figure, countIn]) => (
                  <Table.Td key={figure} className="motcua-number">
                    <FigureLink count={countIn(group)} asked={{ ...askedOf(group), figure }} />
                  </Table.Td>
                ))}
                <Table.Td>
                  <Share of={group.settled.total} late={group.settled.late} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TableRegion>
      <Group gap="xs" my="sm" className="motcua-no-print">
        <Button size="compact-sm" variant="default" onClick={save}>
          {t('save-csv')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </Group>
    </>
  );
}

function Share({ late, of }: { readonly late: number; readonly of: number }) {
  const { i18n, t } = useTranslation('figures');
  if (of === 0) return t('nothing-to-count');
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 1 });
  return (
    <div className="motcua-share">
      <meter min={0} max={1} value={late / of} aria-hidden="true" />
      {percent.format(late / of)}
    </div>
  );
}
