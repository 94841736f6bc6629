import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface OfficeFieldProps {
  /** Empty for all offices. */
  readonly value: string;
  readonly offices: readonly { readonly id: string; readonly name: string }[];
  readonly change: (officeId: string) => void;
}

/** An office with all below it, or all that the reader may count. */
export function OfficeField({ value, offices, change }: OfficeFieldProps) {
  const { t } = useTranslation('figures');
  return (
    <NativeSelect
      label={t('office')}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
      data={[{ value: '', label: t('all-offices') }, ...offices.map(({ id, name }) => ({ value: id, label: name }))]}
    />
  );
}
