import type { DossierEvent } from '#contracts';
import { dossierFrom } from '#domain';
import type { DossierSummary } from '#workflows';
import type { Ledgers } from './archive';
import type { Finding } from './finding';

/**
 * Compares the three witnesses of one dossier: what the workflow's history replays to, what the journal adds up to, what the
 * ledgers say. Every difference is a sentence; none means that they agree.
 *
 * @param summary null while the dossier is open: its workflow has come to nothing yet.
 */
export function differences(
  summary: DossierSummary | null,
  events: readonly DossierEvent[],
  ledgers: Ledgers,
): readonly Finding[] {
  const { escalations, responsibility } = dossierFrom(events);
  const journal = { name: 'journal', rang: escalations.map(rangLine), held: responsibility.map(heldLine) };
  const ledger = {
    name: 'ledger',
    rang: ledgers.rang
      .filter(({ withdrawnSequence }) => withdrawnSequence === null)
      .map(({ responsibleId, ...rang }) => rangLine({ ...rang, responsible: { officialId: responsibleId } })),
    held: ledgers.held.map(heldLine),
  };
  const history = summary && {
    name: 'workflow history',
    rang: summary.rang.filter(({ withdrawn }) => withdrawn === null).map(rangLine),
    held: summary.holders.map(heldLine),
  };
  return [
    ...(history ? between(history, journal) : []),
    // The ledger holds intervals that have ended; who holds the dossier now stands beside it.
    ...between(ledger, { ...journal, held: journal.held.filter((line) => !line.endsWith(STILL)) }),
  ];
}

/** What one witness says, in lines that are equal when they say the same. */
interface Witness {
  readonly name: string;
  readonly rang: readonly string[];
  readonly held: readonly string[];
}

const STILL = 'until now';

function rangLine(rang: {
  readonly generation: number;
  readonly rung: string;
  readonly dueAt: string;
  readonly responsible: { readonly officialId: string };
}): string {
  return `${rang.generation}/${rang.rung} at ${rang.dueAt}, ${rang.responsible.officialId}`;
}

function heldLine(held: {
  readonly officialId: string;
  readonly postId: string;
  readonly from: string;
  readonly until: string | null;
}): string {
  return `${held.officialId} in ${held.postId} from ${held.from} ${held.until === null ? STILL : `until ${held.until}`}`;
}

function between(one: Witness, other: Witness): readonly Finding[] {
  return [
    ...onlyIn(one, other, 'rang').map((line) => found('escalations-differ', `escalations: ${line}`)),
    ...onlyIn(one, other, 'held').map((line) => found('responsibility-differs', `responsible officials: ${line}`)),
  ];
}

function found(kind: Finding['kind'], says: string): Finding {
  return { kind, sequence: null, says };
}

function onlyIn(one: Witness, other: Witness, what: 'rang' | 'held'): readonly string[] {
  return [
    ...one[what].filter((line) => !other[what].includes(line)).map((line) => `only the ${one.name} has ${line}`),
    ...other[what].filter((line) => !one[what].includes(line)).map((line) => `only the ${other.name} has ${line}`),
  ];
}
