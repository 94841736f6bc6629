import { useQueryClient } from '@tanstack/react-query';
import { call } from './call';

/** A command of a person on one dossier. */
export interface SentCommand {
  readonly dossierId: string;
  /** After `/dossiers/:dossierId/`. */
  readonly path: string;
  readonly body: unknown;
  /** The version it was decided upon. */
  readonly etag: string | null;
  /** Idempotency-Key: the same for every repeat of this command, also after a new sign-in or a closed tab. */
  readonly key: string;
}

/** Sends a command and lets every list and page that shows the dossier ask anew. @throws Problem */
export function useSendCommand(): (command: SentCommand) => Promise<void> {
  const queries = useQueryClient();
  return async ({ dossierId, path, body, etag, key }) => {
    await call(`/api/desk/dossiers/${dossierId}/${path}`, {
      method: 'POST',
      body,
      headers: { 'idempotency-key': key, ...(etag === null ? {} : { 'if-match': etag }) },
    });
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['dossier', dossierId] }),
      queries.invalidateQueries({ queryKey: ['queue'] }),
      queries.invalidateQueries({ queryKey: ['queue-newest'] }),
    ]);
  };
}
