import { useTranslation } from 'react-i18next';
import type { components } from '../../api/desk';

type Limit = components['schemas']['Limit'];

/** Writes how long something may take, in the page's language. */
export function useLimitWords(): (limit: Limit) => string {
  const { t } = useTranslation('catalogue');
  return (limit) => {
    const { unit } = limit;
    if (unit === 'SAME_DAY') return t('unit.SAME_DAY', { cutOff: limit.cutOff, dueBy: limit.dueBy });
    return t(`unit.${unit}`, { count: limit.amount });
  };
}
