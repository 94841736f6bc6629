import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../api/call';
import { draftsOf } from '../api/drafts';
import { Problem } from '../api/problem';
import { meQuery } from '../api/reads';
import type { ReceivedDossier } from '../api/views';
import { useSending } from '../parts/use-sending';
import { newDraft, type IntakeDraft } from './intake-draft';

/** A dossier that was taken in, and in which language its receipt is printed. */
export interface Received {
  readonly dossier: ReceivedDossier;
  readonly language: string;
}

export interface Intake {
  readonly draft: IntakeDraft;
  readonly keep: (draft: IntakeDraft) => void;
  readonly send: (body: object) => Promise<void>;
  readonly isSending: boolean;
  readonly refusal: unknown;
  /** Null until it was taken in. */
  readonly received: Received | null;
  /** Begins the next one, with nothing of this one. */
  readonly startOver: () => void;
}

/** One intake from the first key to the receipt. What is typed outlives the tab; what was taken in leaves nothing behind. */
export function useIntake(): Intake {
  const queries = useQueryClient();
  const { data: me } = useSuspenseQuery(meQuery);
  const drafts = draftsOf(me.official.id, 'intake');
  const [draft, setDraft] = useState(() => {
    return { ...newDraft(crypto.randomUUID()), ...drafts.read<IntakeDraft>() };
  });
  const { isSending, refusal, run, forget } = useSending();
  const [received, setReceived] = useState<Received | null>(null);
  const keep = (next: IntakeDraft) => {
    setDraft(next);
    drafts.keep(next);
  };
  const startOver = () => {
    drafts.drop();
    setDraft(newDraft(crypto.randomUUID()));
    forget();
    setReceived(null);
  };
  const send = (body: object) =>
    run(async () => {
      keep({ ...draft, unanswered: body });
      try {
        const headers = { 'idempotency-key': draft.key };
        const answer = await call<ReceivedDossier>('/api/desk/dossiers', { method: 'POST', body, headers });
        drafts.drop();
        setReceived({ dossier: answer.body, language: draft.values.language });
        await queries.invalidateQueries({ queryKey: ['queue-newest'] });
      } catch (problem) {
        if (isRefusal(problem)) keep({ ...draft, key: keyAfter(problem, draft.key), unanswered: null });
        throw problem;
      }
    });
  return { draft, keep, send, isSending, refusal, received, startOver };
}

/** True for an answer that says that nothing happened. After anything else it may have: only a repeat is safe. */
function isRefusal(problem: unknown): problem is Problem {
  return problem instanceof Problem && problem.status >= 400 && problem.status < 500;
}

/** A key that stands for another intake, sent from another window, is given up: the person has read so before sending again. */
function keyAfter(problem: Problem, key: string): string {
  return problem.code === 'IDEMPOTENCY_KEY_REUSED' ? crypto.randomUUID() : key;
}
