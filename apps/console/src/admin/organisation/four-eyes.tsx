import { Checkbox, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { keyOf, type Edit, type KeyedRow, type Organisation } from './edits';

/** What may take two, as desk's document has it: of a dossier first, then what all offices go by. */
const acts = [
  'extend',
  'stop',
  'correct',
  'rebind',
  'reassign',
  'load-organisation',
  'load-catalogue',
  'manage-accounts',
] as const satisfies Organisation['fourEyes'];

interface FourEyesProps {
  readonly rows: readonly KeyedRow[];
  readonly edit: (edit: Edit) => void;
}

/** Which acts take two persons. */
export function FourEyes({ rows, edit }: FourEyesProps) {
  const { t } = useTranslation('admin-organisation');
  const toggle = (command: string, keyed: KeyedRow | undefined) =>
    edit({
      part: 'fourEyes',
      key: keyed?.key ?? keyOf('fourEyes', { command }),
      before: keyed?.row ?? null,
      after: keyed ? null : { command },
    });
  return (
    <Stack gap="xs" mt="sm">
      <Text size="sm">{t('four-eyes-about')}</Text>
      {acts.map((command) => {
        const keyed = rows.find(({ row }) => row['command'] === command);
        return (
          <Checkbox
            key={command}
            label={t(`command.${command}`)}
            checked={keyed !== undefined}
            onChange={() => toggle(command, keyed)}
          />
        );
      })}
    </Stack>
  );
}
