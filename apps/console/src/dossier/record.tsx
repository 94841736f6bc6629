import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '../api/views';
import { download } from '../parts/download';
import { Moment } from '../parts/moment';

/** Every entry as it was recorded, in the order of its sequence: what a check or a replay starts from. */
export function Record({ entries, code }: { readonly entries: readonly HistoryEntry[]; readonly code: string }) {
  const { t } = useTranslation('dossier');
  return (
    <>
      <Group justify="space-between" mb="xs">
        <Text size="sm">{t('record-about', { count: entries.length })}</Text>
        <Button size="compact-sm" variant="default" onClick={() => downloadRecord(entries, code)}>
          {t('download')}
        </Button>
      </Group>
      <ol className="motcua-record">
        {entries.map(({ event, hash }) => (
          <li key={event.sequence}>
            <details>
              <summary>
                {event.sequence}. {event.type}, <Moment at={event.time} detail="second" />
              </summary>
              <pre tabIndex={0} role="region" aria-label={`${event.sequence}. ${event.type}`}>
                {JSON.stringify(event, null, 2)}
              </pre>
              <Text size="xs" c="dimmed" className="motcua-hash">
                SHA-256 {hash}
              </Text>
            </details>
          </li>
        ))}
      </ol>
    </>
  );
}

/** One entry a line, in order. */
function downloadRecord(entries: readonly HistoryEntry[], code: string): void {
  const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
  download(text, `${code}.ndjson`, 'application/x-ndjson');
}
