import { Button, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { HeadRow } from '../../parts/head-row';
import { TableRegion } from '../../parts/table-region';
import type { Edit, KeyedRow, Organisation } from './edits';
import { rowFields, type FormPart } from './fields';
import { useRowWords } from './row-words';

/** Fields that only the form shows. */
const onlyInForm = new Set([
  'id',
  'committeePostId',
  'calendarId',
  'codePrefix',
  'legalBasis',
  'receptionPostId',
  'successorId',
]);

interface PartTableProps {
  readonly part: FormPart;
  readonly rows: readonly KeyedRow[];
  readonly edits: readonly Edit[];
  readonly organisation: Organisation;
  readonly open: (keyed: KeyedRow) => void;
  readonly remove: (keyed: KeyedRow) => void;
}

/** The rows of a list, with what was edited marked in words. */
export function PartTable({ part, rows, edits, organisation, open, remove }: PartTableProps) {
  const { t } = useTranslation('admin-organisation');
  const words = useRowWords(organisation);
  const columns = rowFields[part].filter(({ name }) => !onlyInForm.has(name));
  const markOf = (key: string) => {
    const edit = edits.find((one) => one.part === part && one.key === key);
    return edit && t(edit.before === null ? 'mark.new' : 'mark.changed');
  };
  return (
    <TableRegion label={t(`part.${part}`)}>
      <Table>
        <HeadRow labels={[...columns.map(({ name }) => words.label(part, name)), t('act')]} />
        <Table.Tbody>
          {rows.map((keyed) => {
            const mark = markOf(keyed.key);
            const line = words.row(part, keyed.row);
            return (
              <Table.Tr key={keyed.key}>
                {columns.map(({ name, kind }, index) => (
                  <Table.Td key={name}>
                    {words.field(kind, keyed.row[name])}
                    {index === 0 && mark !== undefined && (
                      <Text span fw={700} size="sm">
                        {' '}
                        ({mark})
                      </Text>
                    )}
                  </Table.Td>
                ))}
                <Table.Td>
                  <Group gap={4} wrap="nowrap">
                    <Button
                      size="compact-sm"
                      variant="default"
                      onClick={() => open(keyed)}
                      aria-label={t('edit-row', { row: line })}
                    >
                      {t('edit')}
                    </Button>
                    <Button
                      size="compact-sm"
                      variant="default"
                      onClick={() => remove(keyed)}
                      aria-label={t('remove-row', { row: line })}
                    >
                      {t('remove')}
                    </Button>
                  </Group>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </TableRegion>
  );
}
