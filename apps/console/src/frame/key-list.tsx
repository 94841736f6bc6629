import { Kbd, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../parts/dialog';
import { useKeyOffers } from './keys';

const signs: Readonly<Record<string, string>> = { 'mod+k': 'Ctrl K', ArrowUp: '↑', ArrowDown: '↓' };

/** The keys that work on this page. */
export default function KeyList({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('frame');
  const offers = useKeyOffers();
  return (
    <Dialog title={t('keys.title')} close={close}>
      <Table>
        <Table.Tbody>
          {offers.map(({ key, label }) => (
            <Table.Tr key={key}>
              <Table.Th w={90} scope="row">
                <Kbd>{signs[key] ?? key}</Kbd>
              </Table.Th>
              <Table.Td>{label}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}
