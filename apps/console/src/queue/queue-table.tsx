import { Anchor, Checkbox, Table, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dossierIdQuery, proceduresQuery, useNames } from '../api/reads';
import type { QueueRow } from '../api/views';
import { ClockBadge } from '../clock/clock-badge';
import { useKey } from '../frame/keys';
import { dossierPath } from '../parts/dossier-path';
import { Moment } from '../parts/moment';
import { TableRegion } from '../parts/table-region';
import type { Choice } from './choice';

const ROW_PX = 44;
const COLUMNS = 7;
/** So many rows before the end the next page is asked for. */
const AHEAD = 60;

interface QueueTableProps {
  readonly rows: readonly QueueRow[];
  /** How many there are, loaded or not. */
  readonly all: number;
  readonly label: string;
  readonly more: () => void;
  readonly choice: Choice;
}

/**
 * Rows that are in sight, of however many there are. J and K go from row to row, Enter opens; X chooses one, Shift with an arrow one
 * after the other, A all that are loaded.
 */
export function QueueTable({ rows, all, label, more, choice }: QueueTableProps) {
  const { t } = useTranslation('queue');
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<number | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
    scrollPaddingStart: ROW_PX,
    useFlushSync: false,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastShown > rows.length - AHEAD) more();
  }, [lastShown, rows.length, more]);
  const go = (by: number) => {
    const next = Math.min(rows.length - 1, Math.max(0, (active ?? -by) + by));
    virtual.scrollToIndex(next);
    setActive(next);
  };
  useKey('j', t('keys.next'), () => go(1));
  useKey('k', t('keys.previous'), () => go(-1));
  const extend = (by: number) => {
    const here = active ?? 0;
    const next = Math.min(rows.length - 1, Math.max(0, here + by));
    for (const index of [here, next]) choose(rows[index]?.dossierId ?? '', true);
    virtual.scrollToIndex(next);
    setActive(next);
  };
  const { chosen, choose, chooseAll } = choice;
  const ids = () => rows.map(({ dossierId }) => dossierId);
  const activeId = rows[active ?? -1]?.dossierId;
  useKey('x', t('keys.choose'), () => activeId !== undefined && choose(activeId, !chosen.has(activeId)));
  useKey('shift+ArrowDown', t('keys.choose-down'), () => extend(1));
  useKey('shift+ArrowUp', t('keys.choose-up'), () => extend(-1));
  useKey('a', t('keys.choose-all'), () => chooseAll(chosen.size === 0 ? ids() : []));
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <TableRegion ref={box} label={label} className="motcua-queue">
      <Table stickyHeader miw={1080} aria-rowcount={all + 1} layout="fixed" verticalSpacing={0}>
        <Table.Thead>
          <Table.Tr aria-rowindex={1}>
            <Table.Th w={36}>
              <Checkbox
                size="xs"
                aria-label={t('choose-all', { count: rows.length })}
                checked={chosen.size > 0 && rows.every(({ dossierId }) => chosen.has(dossierId))}
                indeterminate={chosen.size > 0 && !rows.every(({ dossierId }) => chosen.has(dossierId))}
                onChange={(event) => chooseAll(event.currentTarget.checked ? ids() : [])}
              />
            </Table.Th>
            <Table.Th w={180}>{t('column.code')}</Table.Th>
            <Table.Th>{t('column.procedure')}</Table.Th>
            <Table.Th w={212}>{t('column.clock')}</Table.Th>
            <Table.Th w={204}>{t('column.due')}</Table.Th>
            <Table.Th w={130}>{t('column.status')}</Table.Th>
            <Table.Th w={150}>{t('column.holder')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          <Spacer height={before} />
          {items.map(({ index, key }) => {
            const row = rows[index];
            if (!row) return null;
            const isChosen = chosen.has(row.dossierId);
            return (
              <Row key={key} row={row} index={index} isActive={index === active} isChosen={isChosen} choose={choose} />
            );
          })}
          <Spacer height={after} />
        </Table.Tbody>
      </Table>
    </TableRegion>
  );
}

function Spacer({ height }: { readonly height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true" style={{ height }}>
      <td colSpan={COLUMNS} />
    </tr>
  );
}

interface RowProps {
  readonly row: QueueRow;
  readonly index: number;
  readonly isActive: boolean;
  readonly isChosen: boolean;
  readonly choose: Choice['choose'];
}

/** Drawn anew only when it is another row or the one that is gone to: a key press moves two rows, not all in sight. */
const Row = memo(function Row({ row, index, isActive, isChosen, choose }: RowProps) {
  const { t, i18n } = useTranslation('queue');
  const names = useNames();
  const { data: procedures } = useQuery(proceduresQuery(i18n.language));
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (isActive) link.current?.focus({ preventScroll: true });
  }, [isActive]);
  const named = procedures?.find(({ code }) => code === row.procedureCode)?.names[i18n.language as 'vi' | 'en' | 'de'];
  const procedure = named ?? row.procedureCode;
  return (
    <Table.Tr aria-rowindex={index + 2} data-active={isActive || undefined} data-chosen={isChosen || undefined}>
      <Table.Td>
        <Checkbox
          size="xs"
          tabIndex={-1}
          aria-label={t('choose', { code: row.code ?? t('not-accepted-yet') })}
          checked={isChosen}
          onChange={(event) => choose(row.dossierId, event.currentTarget.checked)}
        />
      </Table.Td>
      <Table.Td>
        <DossierLink row={row} ref={link} />
        {row.hasAnswer && (
          <Text size="xs" fw={700} truncate>
            {t('has-answer')}
          </Text>
        )}
        {row.hasQuestion && (
          <Text size="xs" fw={700} truncate>
            {t('has-question')}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Text size="sm" truncate title={procedure}>
          {procedure}
        </Text>
      </Table.Td>
      <Table.Td>
        <ClockBadge state={row.state} workingMsLeft={row.workingMsLeft} />
      </Table.Td>
      <Table.Td>
        <Due row={row} />
      </Table.Td>
      <Table.Td>
        <Text size="sm" truncate title={t(`clock:status.${row.status}`)}>
          {t(`clock:status.${row.status}`)}
        </Text>
      </Table.Td>
      <Table.Td>
        <Text size="sm" truncate title={names.official(row.holder.officialId)}>
          {names.official(row.holder.officialId)}
        </Text>
        {row.handedOverBy !== null && (
          <Text size="xs" c="dimmed" truncate>
            {t('handed-over-by', { name: names.official(row.handedOverBy) })}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
});

/** When it is due and what for, which is why the row stands where it stands; of one that stands still, since when and why. */
function Due({ row }: { readonly row: QueueRow }) {
  const { t } = useTranslation('queue');
  if (row.state === 'paused' && row.pausedSince !== null) {
    return (
      <>
        <Text size="sm" truncate>
          {t('paused-since')} <Moment at={row.pausedSince} detail="day" />
        </Text>
        {row.pausedReason !== null && (
          <Text size="xs" c="dimmed" truncate>
            {t(`clock:paused.${row.pausedReason}`)}
          </Text>
        )}
      </>
    );
  }
  if (row.dueAt === null) return <Text size="sm">{t('no-limit')}</Text>;
  return (
    <>
      <Text size="sm">
        <Moment at={row.dueAt} />
      </Text>
      {row.dueOf !== null && (
        <Text size="xs" c="dimmed" truncate>
          {row.promisedUntil === null ? t(`clock:due.${row.dueOf}`) : t('taken-up')}
        </Text>
      )}
    </>
  );
}

function DossierLink({ row, ref }: { readonly row: QueueRow; readonly ref: React.Ref<HTMLAnchorElement> }) {
  const { t } = useTranslation('queue');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { code, dossierId } = row;
  const address = dossierPath(code, dossierId);
  // The list knows the id already, so the page need not ask which dossier has this code.
  const remember = () => code !== null && queries.setQueryData(dossierIdQuery(code).queryKey, dossierId);
  return (
    <Anchor
      ref={ref}
      component={Link}
      to={address}
      size="sm"
      fw={700}
      className="motcua-code"
      onClick={(event: React.MouseEvent) => {
        remember();
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        void navigate({ to: address });
      }}
    >
      {code ?? t('not-accepted-yet')}
    </Anchor>
  );
}
