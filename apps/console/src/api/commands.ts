import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { call } from './call';
import type { Approval } from './views';

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
    await askAnew(queries, dossierId);
  };
}

/** What becomes of a proposal by the reader. */
export interface Decision {
  readonly verb: 'approve' | 'decline' | 'withdraw';
  /** A decline says why. */
  readonly body?: { readonly reasonCode: string };
  readonly key: string;
}

interface SentDecision extends Decision {
  readonly approval: Approval;
}

/** Decides a proposal, or takes it back; all that shows its dossier is asked anew, also after a refusal. @throws Problem */
export function useSendDecision(): (decision: SentDecision) => Promise<void> {
  const queries = useQueryClient();
  return async ({ approval, verb, body = {}, key }) => {
    try {
      const headers = { 'idempotency-key': key };
      await call(`/api/desk/approvals/${approval.approvalId}/${verb}`, { method: 'POST', body, headers });
    } finally {
      await askAnew(queries, approval.dossierId);
    }
  };
}

async function askAnew(queries: QueryClient, dossierId: string): Promise<void> {
  const shown = [['dossier', dossierId], ['queue'], ['queue-newest'], ['waiting-approvals'], ['opinions']];
  await Promise.all(shown.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
