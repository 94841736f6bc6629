import { Button, Group, Progress, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/dialog';
import { HeadRow } from '../parts/head-row';
import { TableRegion } from '../parts/table-region';
import { countOf, type Batch, type BatchRow } from './batch';
import { isUnfinished, type BatchInHand } from './use-batch';

interface BatchDialogProps {
  readonly batch: Batch;
  readonly inHand: BatchInHand;
  readonly close: () => void;
}

/** How far a batch is, what became of each row, and how to stop it or to go on. */
export default function BatchDialog({ batch, inHand, close }: BatchDialogProps) {
  const { t } = useTranslation('bulk');
  const { t: ofDossier } = useTranslation('dossier');
  const { isRunning, isElsewhere, goOn, stop, drop } = inHand;
  const count = batch.rows.length;
  const [done, refused] = [countOf(batch, 'done'), countOf(batch, 'refused')];
  const end = () => {
    drop();
    close();
  };
  const title = t('title', { command: ofDossier(`command.${batch.command}`), count });
  return (
    <Dialog title={title} close={isRunning ? null : close} size="xl">
      <Stack gap="sm">
        <Progress value={count === 0 ? 100 : ((done + refused) / count) * 100} aria-label={t('progress')} />
        <Text size="sm" role="status" fw={700}>
          {t('so-far', { done, refused, waiting: count - done - refused })}
        </Text>
        {!isRunning && isUnfinished(batch) && <Text size="sm">{t(isElsewhere ? 'elsewhere' : 'unfinished')}</Text>}
        <TableRegion label={t('results')} className="motcua-bulk-rows">
          <Table stickyHeader>
            <HeadRow labels={[t('queue:column.code'), t('result')]} />
            <Table.Tbody>
              {batch.rows.map((row) => (
                <Table.Tr key={row.dossierId}>
                  <Table.Td>{row.code ?? t('queue:not-accepted-yet')}</Table.Td>
                  <Table.Td>
                    <Result row={row} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </TableRegion>
        <Group>
          {isRunning && <Button onClick={stop}>{t('stop')}</Button>}
          {!isRunning && isUnfinished(batch) && <Button onClick={goOn}>{t('go-on')}</Button>}
          {!isRunning && (
            <Button variant={isUnfinished(batch) ? 'default' : 'filled'} onClick={end}>
              {t(isUnfinished(batch) ? 'forget' : 'end')}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
}

function Result({ row: { state, refusal } }: { readonly row: BatchRow }) {
  const { t } = useTranslation('bulk');
  if (state !== 'refused') return t(`state.${state}`);
  return t(`frame:problem.${refusal ?? 'ACTION_FORBIDDEN'}`);
}
