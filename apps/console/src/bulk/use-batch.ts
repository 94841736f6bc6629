import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call } from '../api/call';
import { draftsOf } from '../api/drafts';
import { Problem } from '../api/problem';
import { answered, countOf, runBatch, type Batch, type BatchRow, type RowAnswer } from './batch';

/** The batch that an official has begun in this browser, whether it runs, and what can be done about it. */
export interface BatchInHand {
  readonly batch: Batch | null;
  readonly isRunning: boolean;
  /** True where another tab is at it. */
  readonly isElsewhere: boolean;
  readonly begin: (batch: Batch) => void;
  readonly goOn: () => void;
  readonly stop: () => void;
  /** Forgets it; what was done stays done. */
  readonly drop: () => void;
}

/** Keeps a batch where a killed tab leaves it, and runs it in one tab at a time. */
export function useBatch(officialId: string): BatchInHand {
  const queries = useQueryClient();
  const drafts = draftsOf(officialId, 'batch');
  const [batch, setBatch] = useState<Batch | null>(() => drafts.read<Batch>());
  const [isRunning, setIsRunning] = useState(false);
  const [isElsewhere, setIsElsewhere] = useState(false);
  const isStopped = useRef(false);
  const keep = (next: Batch) => {
    drafts.keep(next);
    setBatch(next);
  };
  const run = async () => {
    isStopped.current = false;
    await navigator.locks.request(`motcua-batch-${officialId}`, { ifAvailable: true }, async (lock) => {
      let kept = drafts.read<Batch>(); // As the last tab that was at it left it.
      setIsElsewhere(lock === null);
      if (lock === null || kept === null) return;
      setIsRunning(true);
      const { body } = kept;
      const tell = (dossierId: string, answer: RowAnswer) => {
        if (kept === null) return;
        kept = answered(kept, dossierId, answer);
        keep(kept);
      };
      try {
        await runBatch(
          kept,
          (row) => sent(row, body),
          tell,
          () => isStopped.current,
        );
      } finally {
        setIsRunning(false);
      }
    });
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['dossier'] }),
      queries.resetQueries({ queryKey: ['queue'] }),
      queries.resetQueries({ queryKey: ['figure'] }),
      queries.invalidateQueries({ queryKey: ['queue-newest'] }),
    ]);
  };
  return {
    batch,
    isRunning,
    isElsewhere,
    begin: (next) => {
      keep(next);
      void run();
    },
    goOn: () => void run(),
    stop: () => (isStopped.current = true),
    drop: () => {
      drafts.drop();
      setBatch(null);
    },
  };
}

/** Whether rows are left that were not answered. */
export function isUnfinished(batch: Batch): boolean {
  return countOf(batch, 'waiting') > 0;
}

/** Sends a row. Without an answer, and where the service is in trouble, nobody knows whether it was done. */
async function sent({ dossierId, path, version, key }: BatchRow, body: object): Promise<RowAnswer> {
  try {
    await call(`/api/desk/dossiers/${dossierId}/${path}`, {
      method: 'POST',
      body,
      headers: { 'idempotency-key': key, 'if-match': `"${version}"` },
    });
    return { state: 'done' };
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    const isUnsure = problem.status === 0 || problem.status === 429 || problem.status >= 500;
    return isUnsure ? { state: 'unknown' } : { state: 'refused', refusal: problem.code };
  }
}
