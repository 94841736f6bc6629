import { Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNames } from '../api/reads';
import { HeadRow } from '../parts/head-row';
import { Moment } from '../parts/moment';
import { TableRegion } from '../parts/table-region';
import { Mark } from './mark';
import type { WitnessLine } from './witnesses';

interface WitnessTableProps {
  readonly lines: readonly WitnessLine[];
  /** Whether the dossier was ever watched by a workflow. */
  readonly hasHistory: boolean;
}

const columns = ['sequence', 'journal', 'ledger', 'history', 'check'] as const;

/** The three histories side by side: an entry a line. */
export function WitnessTable({ lines, hasHistory }: WitnessTableProps) {
  const { t } = useTranslation('audit');
  return (
    <>
      <Title order={2} size="h5">
        {t('witnesses.title')}
      </Title>
      <Text size="sm" mb="xs">
        {t(hasHistory ? 'witnesses.about' : 'witnesses.not-watched')}
      </Text>
      <TableRegion label={t('witnesses.title')} className="motcua-audit-table">
        <Table verticalSpacing={4}>
          <HeadRow labels={columns.map((column) => t(`witnesses.column.${column}`))} />
          <Table.Tbody>
            {lines.map((line) => (
              <Line key={line.sequence} line={line} />
            ))}
          </Table.Tbody>
        </Table>
      </TableRegion>
    </>
  );
}

function Line({ line }: { readonly line: WitnessLine }) {
  const { t } = useTranslation('audit');
  const { sequence, doubts } = line;
  return (
    <Table.Tr {...(doubts.length > 0 && { className: 'motcua-doubted' })}>
      <Table.Th scope="row">{sequence}</Table.Th>
      <Table.Td>
        <JournalCell line={line} />
      </Table.Td>
      <Table.Td>
        <LedgerCell line={line} />
      </Table.Td>
      <Table.Td>
        <HistoryCell line={line} />
      </Table.Td>
      <Table.Td>
        {doubts.length === 0 && <Mark agrees />}
        {doubts.map((doubt) => (
          <div key={doubt}>
            <Mark agrees={false}>{t(`finding.${doubt}`)}</Mark>
          </div>
        ))}
      </Table.Td>
    </Table.Tr>
  );
}

function JournalCell({ line: { journal } }: { readonly line: WitnessLine }) {
  const { t } = useTranslation(['audit', 'dossier']);
  const names = useNames();
  if (journal === null) return <Nothing>{t('witnesses.unreadable')}</Nothing>;
  const { type, time, actor } = journal;
  const isPerson = names.official(actor.officialId) !== actor.officialId;
  return (
    <>
      {t(`dossier:event.${type}`, { defaultValue: type })}
      <Small>
        <Moment at={time} detail="second" />
        {', '}
        {isPerson ? `${names.official(actor.officialId)}, ${names.post(actor.postId)}` : t('dossier:by-itself')}
      </Small>
    </>
  );
}

function LedgerCell({ line: { held, rang, withdrew } }: { readonly line: WitnessLine }) {
  const { t } = useTranslation(['audit', 'alerts']);
  const names = useNames();
  const rungOf = (rung: string) => t(`alerts:rung.${rung}`, { defaultValue: rung });
  if (!held && !rang && !withdrew) return <Nothing>{t('witnesses.nothing-owed')}</Nothing>;
  return (
    <>
      {held && (
        <>
          {t('witnesses.held', { name: names.official(held.officialId) })}
          <Small>
            <Moment at={held.from} detail="second" /> – <Moment at={held.until} detail="second" />
          </Small>
        </>
      )}
      {rang && (
        <>
          {t('witnesses.rang', { rung: rungOf(rang.rung), name: names.official(rang.responsibleId) })}
          <Small>
            <Moment at={rang.dueAt} detail="second" />
            {rang.withdrawnSequence !== null &&
              `, ${t('witnesses.withdrawn-by', { sequence: rang.withdrawnSequence })}`}
          </Small>
        </>
      )}
      {withdrew && t('witnesses.withdrew', { rung: rungOf(withdrew.rung), sequence: withdrew.sequence })}
    </>
  );
}

function HistoryCell({ line: { heard } }: { readonly line: WitnessLine }) {
  const { t } = useTranslation('audit');
  if (heard.length === 0) return <Nothing>{t('witnesses.not-told')}</Nothing>;
  return heard.map(({ eventId, at, hash }) => (
    <div key={eventId} title={hash}>
      {t('witnesses.told', { eventId })}
      <Small>
        <Moment at={at} detail="second" />
      </Small>
    </div>
  ));
}

function Small({ children }: { readonly children: ReactNode }) {
  return (
    <Text size="xs" c="dimmed">
      {children}
    </Text>
  );
}

function Nothing({ children }: { readonly children: ReactNode }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}
