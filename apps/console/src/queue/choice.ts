import { useCallback, useState } from 'react';

/** Which rows are chosen, by id. The functions stay the same, so that a press draws one row anew. */
export interface Choice {
  readonly chosen: ReadonlySet<string>;
  readonly choose: (dossierId: string, isChosen: boolean) => void;
  /** These and no others. */
  readonly chooseAll: (dossierIds: readonly string[]) => void;
}

export function useChoice(): Choice {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = useCallback((dossierId: string, isChosen: boolean) => {
    setChosen((before) => {
      const after = new Set(before);
      if (isChosen) after.add(dossierId);
      else after.delete(dossierId);
      return after;
    });
  }, []);
  const chooseAll = useCallback((dossierIds: readonly string[]) => setChosen(new Set(dossierIds)), []);
  return { chosen, choose, chooseAll };
}
