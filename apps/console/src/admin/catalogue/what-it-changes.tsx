import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CalendarOfFile } from '../calendars/calendar-of-file';
import { Defects } from './defects';
import { ProcedureOfFile } from './procedure-of-file';
import { canBeLoaded, type Seen } from './seen';

/** What was found in a file: what is wrong by its line, or what it would change: days, open dossiers, fields of a procedure. */
export function WhatItChanges({ seen }: { readonly seen: Seen }) {
  const { t } = useTranslation('catalogue');
  const { file, preview, moves } = seen;
  return (
    <>
      {preview.defects.length > 0 && <Defects defects={preview.defects} text={file.text} />}
      {preview.isLoaded && <Text role="status">{t('file.known')}</Text>}
      {canBeLoaded(seen) && preview.calendar && moves && <CalendarOfFile calendar={preview.calendar} moves={moves} />}
      {canBeLoaded(seen) && preview.procedure && <ProcedureOfFile procedure={preview.procedure} />}
    </>
  );
}
