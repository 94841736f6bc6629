import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNames } from '../api/reads';
import { HeadRow } from '../parts/head-row';
import { afterTransfer, type PersonLoad } from './workload';

interface TransferEffectProps {
  readonly person: PersonLoad;
  /** How many dossiers would move, as the preview says. */
  readonly count: number;
  readonly taker: PersonLoad | undefined;
}

/** Whose numbers become what. Said only where all that was counted moves, so that it is true. */
export function TransferEffect({ person, count, taker }: TransferEffectProps) {
  const { t } = useTranslation('office');
  const names = useNames();
  if (!taker || count !== person.open) return null;
  return (
    <Table aria-label={t('effect')}>
      <HeadRow labels={[t('effect'), names.official(person.officialId), names.official(taker.officialId)]} />
      <Table.Tbody>
        {afterTransfer(person, taker).map(({ name, from, to: [before, after] }) => (
          <Table.Tr key={name}>
            <Table.Th scope="row">{t(`column.${name}`)}</Table.Th>
            <Table.Td>{from} → 0</Table.Td>
            <Table.Td>
              {before} → {after}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
