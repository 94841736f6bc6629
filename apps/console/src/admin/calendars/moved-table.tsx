import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNames } from '../../api/reads';
import { useDayWords } from '../../parts/day-words';
import { HeadRow } from '../../parts/head-row';
import { useMomentWords } from '../../parts/moment';
import { TableRegion } from '../../parts/table-region';
import type { Language } from '../../words/words';
import type { MovedDossier, Moves } from './calendar-reads';
import { movedInstants } from './moved-instants';

/** What is longer nobody reads to its end; the numbers above it speak of all. */
const SHOWN = 200;

interface MovedTableProps {
  readonly moves: Moves;
  /** What moves them, in words, where a page may tell of more than one. */
  readonly by?: string;
}

/** The open dossiers that would be due at another instant: from when to when, and because of which days. */
export function MovedTable({ moves: { moved, failed }, by }: MovedTableProps) {
  const { t } = useTranslation('calendars');
  const label = [t('moved.title'), by].filter(Boolean).join(': ');
  return (
    <>
      {moved.length > 0 && (
        <TableRegion label={label} className="motcua-tall">
          <Table aria-label={label}>
            <HeadRow labels={[t('moved.dossier'), t('moved.office'), t('moved.dates'), t('moved.because')]} />
            <Table.Tbody>
              {moved.slice(0, SHOWN).map((dossier) => (
                <Line key={dossier.dossierId} dossier={dossier} />
              ))}
            </Table.Tbody>
          </Table>
        </TableRegion>
      )}
      {moved.length > SHOWN && <Text size="sm">{t('moved.more', { count: moved.length - SHOWN })}</Text>}
      {failed.length > 0 && <Text size="sm">{t('moved.failed', { count: failed.length })}</Text>}
    </>
  );
}

function Line({ dossier }: { readonly dossier: MovedDossier }) {
  const { t, i18n } = useTranslation('calendars');
  const names = useNames();
  const momentWords = useMomentWords();
  const dayWords = useDayWords();
  const { code, officeId, procedureCode, timeZone, because, kept } = dossier;
  const written = (at: string | null) => (at === null ? t('moved.none') : momentWords(at, 'minute', timeZone));
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {code ?? t('moved.no-code')}
        <Text size="xs" c="dimmed">
          {procedureCode}
        </Text>
      </Table.Th>
      <Table.Td>{names.office(officeId)}</Table.Td>
      <Table.Td>
        {movedInstants(dossier).map(({ name, was, is }) => (
          <div key={name}>
            {t(`due.${name}`)}: {written(was)} → <strong>{written(is)}</strong>
          </div>
        ))}
        {kept && (
          <Text size="xs" c="dimmed">
            {t('moved.kept', { legalBasis: kept.legalBasis })}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {because.map(({ date, was, is }) => (
          <div key={date}>
            {dayWords(date)}: {(is ?? was)?.[i18n.language as Language] ?? t('change.hours')}
            {is === null && was !== null && ` (${t('change.gone')})`}
          </div>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}
