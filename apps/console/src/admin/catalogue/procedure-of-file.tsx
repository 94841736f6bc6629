import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CataloguePreview } from './catalogue-reads';
import { DifferencesTable } from './differences-table';

/** What a version of a procedure would be once it is loaded, and what it says otherwise than the newest. */
export function ProcedureOfFile({ procedure }: { readonly procedure: NonNullable<CataloguePreview['procedure']> }) {
  const { t } = useTranslation('catalogue');
  const { code, version, name, state, before, differences, openDossiers } = procedure;
  return (
    <>
      <div>
        <Text fw={600}>{t('of-file.procedure', { code, version, name })}</Text>
        <Text size="sm">{t(`of-file.${state}`)}</Text>
        <Text size="sm">{t('of-file.open', { count: openDossiers })}</Text>
      </div>
      {before === null && <Text size="sm">{t('of-file.first')}</Text>}
      {before !== null && differences.length === 0 && <Text size="sm">{t('of-file.same', { before })}</Text>}
      {before !== null && differences.length > 0 && (
        <DifferencesTable label={t('of-file.differences', { version, before })} differences={differences} />
      )}
    </>
  );
}
