import { useQuery } from '@tanstack/react-query';
import { eFormQuery, historyQuery } from '../api/reads';

/** The answers to a dossier's e-form, and what was asked. Each asking is a logged look: it is repeated only once they were corrected. */
export function useEForm(dossierId: string, { enabled }: { readonly enabled: boolean }) {
  const { data: entries } = useQuery({ ...historyQuery(dossierId), enabled });
  const corrected = entries?.findLast(
    ({ event }) => event.type === 'dossier-corrected' && event.data.field === 'eForm',
  );
  return useQuery({
    ...eFormQuery(dossierId, corrected?.event.sequence ?? 1),
    enabled: enabled && entries !== undefined,
  });
}
