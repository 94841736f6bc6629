import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { proceduresQuery, useNames } from '../api/reads';
import type { Language } from '../words/words';

/** What figures may be told apart by. */
export const groupings = ['office', 'official', 'procedure', 'channel', 'month'] as const;
export type GroupedBy = (typeof groupings)[number];

/** Names a group in the reader's words. */
export function useGroupWords(): (by: GroupedBy, key: string) => string {
  const { t, i18n } = useTranslation('figures');
  const names = useNames();
  const { data: procedures } = useQuery(proceduresQuery(i18n.language));
  return (by, key) => {
    switch (by) {
      case 'office':
        return names.office(key);
      case 'official':
        return names.official(key);
      case 'procedure':
        return procedures?.find(({ code }) => code === key)?.names[i18n.language as Language] ?? key;
      case 'channel':
        return t(`channel.${key}`, { defaultValue: key });
      case 'month':
        return key.split('-').reverse().join('/');
    }
  };
}
