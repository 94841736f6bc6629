import { Checkbox, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Edit, KeyedRow } from './edits';

/** As the table of transitions allows; see desk's document. */
const commands = ['extend', 'stop', 'correct', 'reassign'] as const;

interface FourEyesProps {
  readonly rows: readonly KeyedRow[];
  readonly edit: (edit: Edit) => void;
}

/** Which commands take two persons. */
export function FourEyes({ rows, edit }: FourEyesProps) {
  const { t } = useTranslation('admin-organisation');
  const toggle = (command: string, keyed: KeyedRow | undefined) =>
    edit({
      part: 'fourEyes',
      key: keyed?.key ?? JSON.stringify(command),
      before: keyed?.row ?? null,
      after: keyed ? null : { command },
    });
  return (
    <Stack gap="xs" mt="sm">
      <Text size="sm">{t('four-eyes-about')}</Text>
      {commands.map((command) => {
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
