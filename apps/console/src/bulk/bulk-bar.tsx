import { Button, Group, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../api/session';
import type { QueueRow } from '../api/views';
import { usePageActions } from '../frame/actions';
import { BATCH_LIMIT, bulkCommands, countOf, isSingle, singleCommands, type Batch, type ChosenCommand } from './batch';
import { isUnfinished, useBatch } from './use-batch';

const BulkDialog = lazy(() => import('./bulk-dialog'));
const BatchDialog = lazy(() => import('./batch-dialog'));
const CommandOnDossier = lazy(async () => ({
  default: (await import('../dossier/command-on-dossier')).CommandOnDossier,
}));

/** A command, and the rows as they were shown when it was begun: a list that goes on changes nothing about what is decided. */
interface Begun {
  readonly command: ChosenCommand;
  readonly rows: readonly QueueRow[];
}

interface BulkBarProps {
  readonly chosen: readonly QueueRow[];
  readonly clear: () => void;
}

/** What can be done with the rows that are chosen; and a batch that was left, to go on with. */
export function BulkBar({ chosen, clear }: BulkBarProps) {
  const { t } = useTranslation('bulk');
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [begun, setBegun] = useState<Begun | null>(null);
  const [isShown, setIsShown] = useState(false);
  const inHand = useBatch(session.official.id);
  const { batch } = inHand;
  return (
    <Suspense>
      {batch !== null && !isShown && (
        <Group gap="xs" className="motcua-bulk" role="status">
          <Text size="sm" fw={700}>
            {t(isUnfinished(batch) ? 'left' : 'finished', { done: countOf(batch, 'done'), of: batch.rows.length })}
          </Text>
          <Button size="compact-sm" onClick={() => setIsShown(true)}>
            {t('show')}
          </Button>
        </Group>
      )}
      {chosen.length > 0 && (
        <Chosen
          count={chosen.length}
          canBegin={batch === null}
          begin={(command) => setBegun({ command, rows: chosen })}
          clear={clear}
        />
      )}
      {begun !== null && (
        <BegunDialog
          {...begun}
          close={() => setBegun(null)}
          doneSingle={clear}
          begin={(made) => {
            setBegun(null);
            clear();
            setIsShown(true);
            inHand.begin(made);
          }}
        />
      )}
      {isShown && batch !== null && <BatchDialog batch={batch} inHand={inHand} close={() => setIsShown(false)} />}
    </Suspense>
  );
}

interface BegunDialogProps extends Begun {
  readonly close: () => void;
  readonly doneSingle: () => void;
  readonly begin: (batch: Batch) => void;
}

/** Of a single row the dialog of its page; of many, what it will do to each. */
function BegunDialog({ command, rows, close, doneSingle, begin }: BegunDialogProps) {
  if (!isSingle(command)) return <BulkDialog command={command} chosen={rows} close={close} begin={begin} />;
  return rows.map(({ dossierId }) => (
    <CommandOnDossier key={dossierId} name={command} dossierId={dossierId} close={close} done={doneSingle} />
  ));
}

interface ChosenProps {
  readonly count: number;
  /** Not before the results of the last batch were read. */
  readonly canBegin: boolean;
  readonly begin: (command: ChosenCommand) => void;
  readonly clear: () => void;
}

/** How many rows are chosen, and what they may be told. */
function Chosen({ count, canBegin, begin, clear }: ChosenProps) {
  const { t } = useTranslation('bulk');
  const { t: ofDossier } = useTranslation('dossier');
  const { data: session } = useSuspenseQuery(sessionQuery);
  const isTooMany = count > BATCH_LIMIT;
  const fitting = [...(canBegin && !isTooMany ? bulkCommands : []), ...(count === 1 ? singleCommands : [])];
  const names = fitting.filter((name) => name in session.rights);
  const offered = names.map((id) => ({ id, label: ofDossier(`command.${id}`) }));
  usePageActions(offered, (id) => names.filter((name) => name === id).forEach(begin));
  return (
    <Group gap="xs" className="motcua-bulk" role="group" aria-label={t('actions')}>
      <Text size="sm" fw={700} role="status">
        {t('chosen', { count })}
      </Text>
      {isTooMany && <Text size="sm">{t('too-many', { limit: BATCH_LIMIT })}</Text>}
      {offered.map(({ id, label }) => (
        <Button key={id} size="compact-sm" variant="default" onClick={() => begin(id)}>
          {label}
        </Button>
      ))}
      <Button size="compact-sm" variant="subtle" onClick={clear}>
        {t('clear')}
      </Button>
    </Group>
  );
}
