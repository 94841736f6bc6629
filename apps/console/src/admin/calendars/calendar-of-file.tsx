import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CataloguePreview } from '../catalogue/catalogue-reads';
import type { Moves } from './calendar-reads';
import { ChangesTable } from './changes-table';
import { MovedTable } from './moved-table';

interface CalendarOfFileProps {
  readonly calendar: NonNullable<CataloguePreview['calendar']>;
  readonly moves: Moves;
}

/** What a calendar would change once it is loaded: day by day, for which offices, and which open dossiers would be due when. */
export function CalendarOfFile({ calendar, moves }: CalendarOfFileProps) {
  const { t } = useTranslation('calendars');
  const { id, version, before, changes, inheriting } = calendar;
  return (
    <>
      <div>
        <Text fw={600}>{t('of-file.calendar', { id, version })}</Text>
        <Text size="sm">{before === null ? t('of-file.first') : t('of-file.against', { before })}</Text>
        {inheriting.length > 0 && <Text size="sm">{t('of-file.inheriting', { ids: inheriting.join(', ') })}</Text>}
      </div>
      {before !== null && <ChangesTable changes={changes} />}
      <div>
        <Text fw={600} role="status">
          {t('moved.count', { count: moves.moved.length, checked: moves.checked })}
        </Text>
        <Text size="sm">{t('of-file.no-date-moves')}</Text>
      </div>
      <MovedTable moves={moves} by={`${id} ${version}`} />
    </>
  );
}
