import type { Instant } from '#calendar';
import type { Localized } from '#contracts';
import type { Dossier, Fact } from './dossier';
import { after, begun } from './fold';
import { basisOfForms, formNumber, formTitle, regulationAt, type EntryFormKind } from './forms/kinds';
import { documentsOf, type ProcedureVersion } from './procedure';

/**
 * Why the promised date is another than before: the office extended, the work calendar changed, the dossier came under the right
 * procedure, or the clock stood still. `supplement-restart`: the limit counts anew from the complete dossier.
 */
export const promiseMoveCauses = [
  'extension',
  'calendar',
  'procedure',
  'supplement',
  'supplement-restart',
  'payment',
  'other-body',
  'withdrawal',
] as const;
export type PromiseMoveCause = (typeof promiseMoveCauses)[number];

/** One entry after which the result is promised for another date. Instants are ISO 8601 UTC in the stack's (mapped) time. */
export interface PromiseMove {
  readonly at: Instant;
  readonly cause: PromiseMoveCause;
  /** Null where nothing limited. */
  readonly from: Instant | null;
  readonly to: Instant | null;
  /** The letter that told of it, by its circular; null where none is prescribed. */
  readonly letter: { readonly title: Localized; readonly number: string } | null;
  /** Laws and decisions it rests on, as the journal and the procedure cite them; empty where neither names one. */
  readonly legalBasis: readonly string[];
}

/** All that moved a dossier's promised date since its receipt, oldest first. `procedure` is the one that it is under now. */
export function promiseMovesOf(facts: readonly Fact[], procedure: ProcedureVersion): readonly PromiseMove[] {
  const [first, ...rest] = facts;
  if (!first) return [];
  let before = begun(first);
  return rest.flatMap((fact) => {
    const [then, earlier] = [after(before, fact), before];
    before = then;
    const [from, to] = [earlier.due.appointmentAt, then.due.appointmentAt];
    const why =
      from === to || fact.type === 'dossier-received' ? null : reasonOf(fact, { earlier, then, facts, procedure });
    return why === null ? [] : [{ at: fact.time, from, to, ...why }];
  });
}

type Why = Omit<PromiseMove, 'at' | 'from' | 'to'>;

interface Around {
  readonly earlier: Dossier;
  readonly then: Dossier;
  readonly facts: readonly Fact[];
  readonly procedure: ProcedureVersion;
}

function reasonOf(fact: Fact, around: Around): Why | null {
  if (fact.type === 'dossier-extended') {
    return { cause: 'extension', ...letterOf('apology', fact, fact.data.legalBasis) };
  }
  if (fact.type === 'dossier-recomputed') {
    return { cause: 'calendar', letter: null, legalBasis: [fact.data.legalBasis] };
  }
  if (fact.type === 'dossier-rebound') {
    const legalBasis = isUnder(around.then, around) ? documentsOf(around.procedure) : [];
    return { cause: 'procedure', letter: null, legalBasis };
  }
  return waitOver(fact, around);
}

/** What was waited for until then. */
function waitOver(fact: Fact, around: Around): Why | null {
  const { earlier, then } = around;
  const stop = then.suspensions.find((one, index) => one.until !== null && earlier.suspensions[index]?.until === null);
  if (!stop) return null;
  if (stop.reason === 'supplement') return supplemented(fact, around);
  const legalBasis = fact.type === 'consent-presumed' ? [fact.data.legalBasis] : [];
  return { cause: stop.reason, letter: null, legalBasis };
}

function supplemented({ sequence }: Fact, around: Around): Why {
  const request = around.facts.findLast(
    (one) => one.type === 'dossier-supplement-requested' && one.sequence < sequence,
  );
  const isRestart = isUnder(around.then, around) && around.procedure.serviceLevel.supplementMode === 'restart';
  const cause = isRestart ? 'supplement-restart' : 'supplement';
  if (request?.type !== 'dossier-supplement-requested') return { cause, letter: null, legalBasis: [] }; // Asked for elsewhere.
  return { cause, ...letterOf('supplement-request', request, request.data.legalBasis) };
}

/** Whether the rules of the present procedure were those of then. */
function isUnder({ procedureCode, procedureVersion }: Dossier, { procedure }: Around): boolean {
  return procedure.code === procedureCode && procedure.version === procedureVersion;
}

function letterOf(kind: EntryFormKind, { time }: Fact, exception: string | null): Pick<Why, 'letter' | 'legalBasis'> {
  const regulation = regulationAt(time);
  const number = formNumber(kind, regulation);
  return {
    letter: number === null ? null : { title: formTitle(kind, regulation), number },
    legalBasis: [...basisOfForms[regulation], ...(exception === null ? [] : [exception])],
  };
}
