import type { DossierEvent } from '#contracts';
import { dossierFrom } from '#domain';
import type { DossierSummary } from '#workflows';

/** A row of the responsibility ledger, and of the ledger of escalations that stand. */
export interface Ledgers {
  readonly held: readonly {
    readonly officialId: string;
    readonly postId: string;
    readonly from: string;
    readonly until: string;
  }[];
  readonly rang: readonly {
    readonly generation: number;
    readonly rung: string;
    readonly dueAt: string;
    readonly responsibleId: string;
  }[];
}

/**
 * Compares the three witnesses of one dossier: what the workflow's history replays to, what the journal adds up to, what the
 * ledgers say. Every difference is a sentence; none means that they agree.
 */
export function differences(
  summary: DossierSummary,
  events: readonly DossierEvent[],
  ledgers: Ledgers,
): readonly string[] {
  const dossier = dossierFrom(events);
  const journal = {
    rang: dossier.escalations.map(
      ({ generation, rung, dueAt, responsible }) => `${generation}/${rung} at ${dueAt}, ${responsible.officialId}`,
    ),
    held: dossier.responsibility.map(
      ({ officialId, postId, from, until }) => `${officialId} in ${postId} from ${from} until ${until ?? 'now'}`,
    ),
  };
  const history = {
    rang: summary.rang
      .filter(({ withdrawn }) => withdrawn === null)
      .map(
        ({ generation, rung, dueAt, responsible }) => `${generation}/${rung} at ${dueAt}, ${responsible.officialId}`,
      ),
    held: summary.holders.map(
      ({ officialId, postId, from, until }) => `${officialId} in ${postId} from ${from} until ${until ?? 'now'}`,
    ),
  };
  const ledger = {
    rang: ledgers.rang.map(
      ({ generation, rung, dueAt, responsibleId }) => `${generation}/${rung} at ${dueAt}, ${responsibleId}`,
    ),
    held: ledgers.held.map(
      ({ officialId, postId, from, until }) => `${officialId} in ${postId} from ${from} until ${until}`,
    ),
  };
  return [
    ...between('escalations', 'workflow history', history.rang, 'journal', journal.rang),
    ...between('responsible officials', 'workflow history', history.held, 'journal', journal.held),
    ...between('escalations', 'ledger', ledger.rang, 'journal', journal.rang),
    ...between('responsible officials', 'ledger', ledger.held, 'journal', ended(journal.held)),
  ];
}

/** The ledger holds intervals that have ended; who holds the dossier now stands beside it. */
function ended(held: readonly string[]): readonly string[] {
  return held.filter((line) => !line.endsWith('until now'));
}

function between(
  what: string,
  oneName: string,
  one: readonly string[],
  otherName: string,
  other: readonly string[],
): readonly string[] {
  return [
    ...one.filter((line) => !other.includes(line)).map((line) => `${what}: only the ${oneName} has ${line}`),
    ...other.filter((line) => !one.includes(line)).map((line) => `${what}: only the ${otherName} has ${line}`),
  ];
}
