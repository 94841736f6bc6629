import { Anchor, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { proceduresQuery, useNames } from '../api/reads';
import type { QueueRow } from '../api/views';
import { ClockBadge } from '../clock/clock-badge';
import { dossierPath } from '../parts/dossier-path';
import { HeadRow } from '../parts/head-row';
import { Moment } from '../parts/moment';
import { TableRegion } from '../parts/table-region';
import type { Language } from '../words/words';

/** A dossier that was found; the name is null where the reader may not know it, or where nobody knows it any more. */
export interface FoundRow extends QueueRow {
  readonly applicantName: string | null;
}

const columns = ['code', 'applicant', 'procedure', 'clock', 'due', 'status', 'holder'] as const;

/** What was found, the latest first. */
export function FoundTable({ rows }: { readonly rows: readonly FoundRow[] }) {
  const { t } = useTranslation('search');
  return (
    <TableRegion label={t('results')}>
      <Table>
        <HeadRow labels={columns.map((column) => t(`column.${column}`))} />
        <Table.Tbody>
          {rows.map((row) => (
            <FoundLine key={row.dossierId} row={row} />
          ))}
        </Table.Tbody>
      </Table>
    </TableRegion>
  );
}

function FoundLine({ row }: { readonly row: FoundRow }) {
  const { t, i18n } = useTranslation('search');
  const names = useNames();
  const { data: procedures } = useQuery(proceduresQuery(i18n.language));
  const procedure = procedures?.find(({ code }) => code === row.procedureCode);
  const { code, dossierId } = row;
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} to={dossierPath(code, dossierId)} size="sm" fw={700} className="motcua-code">
          {code ?? t('no-code')}
        </Anchor>
      </Table.Td>
      <Table.Td>
        <Text size="sm" {...(row.applicantName === null && { c: 'dimmed' })}>
          {row.applicantName ?? t('no-name')}
        </Text>
      </Table.Td>
      <Table.Td>{procedure?.names[i18n.language as Language] ?? row.procedureCode}</Table.Td>
      <Table.Td>
        <ClockBadge state={row.state} workingMsLeft={row.workingMsLeft} />
      </Table.Td>
      <Table.Td>{row.dueAt !== null && <Moment at={row.dueAt} />}</Table.Td>
      <Table.Td>{t(`clock:status.${row.status}`)}</Table.Td>
      <Table.Td>{names.official(row.holder.officialId)}</Table.Td>
    </Table.Tr>
  );
}
