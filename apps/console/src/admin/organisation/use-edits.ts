import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { draftsOf } from '../../api/drafts';
import { sessionQuery } from '../../api/session';
import {
  editedOrganisation,
  editedRows,
  withEdit,
  type Edit,
  type KeyedRow,
  type Organisation,
  type Part,
} from './edits';
import { organisationQuery } from './organisation-query';

/** The organisation as it is, and what was edited and not saved. */
export interface Edits {
  /** As it is saved. */
  readonly saved: Organisation;
  /** The version that is edited, for If-Match. */
  readonly etag: string | null;
  readonly edits: readonly Edit[];
  readonly edited: Organisation;
  readonly rows: (part: Part) => readonly KeyedRow[];
  readonly edit: (...edits: readonly Edit[]) => void;
  /** Puts other edits in place of all there are. */
  readonly replace: (edits: readonly Edit[]) => void;
  /** Reads what is saved now; the edits stay. */
  readonly readAnew: () => Promise<void>;
}

interface Read {
  readonly data: Edits | null;
  readonly error: unknown;
  readonly retry: () => void;
}

/** Edits are kept on this computer until they are saved or dropped, at most three days after the last. */
export function useEdits(): Read {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const drafts = draftsOf(session.official.id, 'admin/organisation');
  const { data, error, refetch } = useQuery(organisationQuery);
  const [edits, setEdits] = useState<readonly Edit[]>(() => drafts.read<readonly Edit[]>() ?? []);
  const replace = (next: readonly Edit[]) => {
    setEdits(next);
    if (next.length === 0) drafts.drop();
    else drafts.keep(next);
  };
  const edited = useMemo(() => data && editedOrganisation(data.organisation, edits), [data, edits]);
  const retry = () => void refetch();
  if (!data || !edited) return { data: null, error, retry };
  const saved = data.organisation;
  return {
    data: {
      saved,
      etag: data.etag,
      edits,
      edited,
      rows: (part) => editedRows(saved, part, edits),
      edit: (...more) => replace(more.reduce(withEdit, edits)),
      replace,
      readAnew: async () => {
        await refetch();
      },
    },
    error,
    retry,
  };
}
