import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Failed } from '../../parts/states';
import { asksForSecond } from '../../parts/two-persons';

/** Why an act was not done; that it takes two is said where it is offered to propose it. */
export function ActRefusal({ refusal }: { readonly refusal: unknown }) {
  return refusal === null || asksForSecond(refusal) ? null : <Failed error={refusal} />;
}

/** That another must approve. */
export function TakesTwo() {
  const { t } = useTranslation('admin-accounts');
  return (
    <Text size="sm" role="status" fw={700}>
      {t('takes-two')}
    </Text>
  );
}
