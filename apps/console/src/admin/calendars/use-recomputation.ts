import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call';
import type { components } from '../../api/desk';
import { draftsOf } from '../../api/drafts';
import { sessionQuery } from '../../api/session';
import { useSending } from '../../parts/use-sending';
import { everythingOfCatalogue } from '../catalogue/catalogue-reads';
import { mustBeDecidedAnew } from './decided-anew';

type Page = components['schemas']['Recomputed'];

/** What is decided, and the operation it is decided as: sent again, also by another tab, it is decided once. */
export interface Decision {
  readonly operationId: string;
  readonly decision: 'apply' | 'keep';
  readonly legalBasis: string;
  /** Null for every calendar. */
  readonly calendarId: string | null;
  /** True from the moment it was sent: what is left of it can only go on. */
  readonly isSent: boolean;
}

/** What was done so far, page by page. */
export interface Done extends Omit<Page, 'next'> {
  readonly decision: Decision['decision'];
  readonly isWhole: boolean;
}

const PAGE = 50;

const undecided = (): Decision => ({
  operationId: crypto.randomUUID(),
  decision: 'apply',
  legalBasis: '',
  calendarId: null,
  isSent: false,
});

/** A decision upon newer calendars, kept for three days or until it is carried out: a tab that is killed in the middle loses nothing. */
export function useRecomputation() {
  const queries = useQueryClient();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const drafts = draftsOf(session.official.id, 'recomputation');
  const [decision, setDecision] = useState(() => drafts.read<Decision>() ?? undecided());
  const [done, setDone] = useState<Done | null>(null);
  const { isSending, refusal, run } = useSending();
  const keep = (next: Decision) => {
    setDecision(next);
    drafts.keep(next);
  };
  const startAnew = () => {
    drafts.drop();
    setDecision(undecided());
  };
  const carryOut = () =>
    run(async () => {
      const sent = { ...decision, isSent: true };
      keep(sent);
      let wasDecided = false;
      try {
        await decided(sent);
        wasDecided = true;
        await carriedOut(sent, setDone);
        startAnew();
      } catch (problem) {
        if (mustBeDecidedAnew(problem, wasDecided)) startAnew();
        throw problem;
      } finally {
        await queries.invalidateQueries(everythingOfCatalogue);
      }
    });
  const change = (changes: Partial<Decision>) => keep({ ...decision, ...changes });
  return { decision, done, isSending, refusal, change, carryOut: () => void carryOut() };
}

/** Sent again it is decided once. @throws Problem */
async function decided({ operationId, decision, legalBasis, calendarId }: Decision): Promise<void> {
  const body = { operationId, decision, legalBasis: legalBasis.trim(), ...(calendarId !== null && { calendarId }) };
  await call('/api/desk/recomputations', { method: 'POST', body });
}

/** Moves page by page. Sent again it goes on: what has moved is not moved twice. @throws Problem */
async function carriedOut({ operationId, decision }: Decision, tell: (done: Done) => void): Promise<void> {
  let sum: Done = { decision, checked: 0, moved: 0, failed: 0, isWhole: decision === 'keep' };
  tell(sum);
  for (let after: string | null = null; !sum.isWhole;) {
    const body = { limit: PAGE, ...(after !== null && { after }) };
    const path = `/api/desk/recomputations/${operationId}/pages`;
    const page: Page = (await call<Page>(path, { method: 'POST', body })).body;
    sum = {
      ...sum,
      checked: sum.checked + page.checked,
      moved: sum.moved + page.moved,
      failed: sum.failed + page.failed,
      isWhole: page.next === null,
    };
    tell(sum);
    after = page.next;
  }
}
