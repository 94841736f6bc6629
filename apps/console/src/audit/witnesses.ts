import type { components } from '../api/clock';
import type { PostHolder } from '../api/views';
import type { ChainBreak } from './chain';
import type { DossierAudit } from './audit-reads';

type HeldRow = components['schemas']['HeldRow'];
type RangRow = components['schemas']['RangRow'];
type Heard = components['schemas']['Heard'];
type FindingKind = components['schemas']['Finding']['kind'];

/** What speaks against an entry: what the check beside the servers found, and what does not fit as the lines are laid side by side. */
export type Doubt = FindingKind | 'not-in-journal' | 'ledger-lacks' | 'ledger-differs';

/** What the journal says in one entry. */
export interface JournalSays {
  readonly type: string;
  /** When it happened, in the stack's time. */
  readonly time: string;
  readonly actor: PostHolder;
}

/** What the three witnesses say of one entry, side by side. */
export interface WitnessLine {
  readonly sequence: number;
  /** Null where the journal lacks it, or where its bytes say nothing that can be read. */
  readonly journal: JournalSays | null;
  /** The interval of responsibility that it closed. */
  readonly held: HeldRow | null;
  /** The escalation that it recorded, and the one that it withdrew. */
  readonly rang: RangRow | null;
  readonly withdrew: RangRow | null;
  /** Each time that the workflow was told of it. */
  readonly heard: readonly Heard[];
  readonly doubts: readonly Doubt[];
}

/** The three histories of a dossier as one, by the sequence of the entries: every entry that any of them knows, oldest first. */
export function linesOf(
  { archive, heard, findings }: DossierAudit,
  breaks: readonly ChainBreak[],
): readonly WitnessLine[] {
  const { entries, ledgers } = archive;
  const stored = new Map(entries.map((entry) => [entry.sequence, entry]));
  const named = [...ledgers.held, ...ledgers.rang, ...heard, ...entries].map(({ sequence }) => sequence);
  return [...new Set(named)]
    .sort((one, other) => one - other)
    .map((sequence) => {
      const entry = stored.get(sequence);
      const event = entry ? eventIn(entry.body) : null;
      const said = {
        held: ledgers.held.find((row) => row.sequence === sequence) ?? null,
        rang: ledgers.rang.find((row) => row.sequence === sequence) ?? null,
        withdrew: ledgers.rang.find((row) => row.withdrawnSequence === sequence) ?? null,
        heard: heard.filter((one) => one.sequence === sequence),
      };
      const doubts: readonly Doubt[] = [
        ...[...breaks, ...findings].flatMap((one) => (one.sequence === sequence ? [one.kind] : [])),
        ...(entry ? [] : ['not-in-journal' as const]),
        ...(said.heard.some(({ hash }) => entry && hash !== entry.hash) ? ['heard-otherwise' as const] : []),
        ...ledgerDoubts(event, said.held, said.rang),
      ];
      return { sequence, journal: event && saidBy(event), ...said, doubts: [...new Set(doubts)] };
    });
}

interface Event {
  readonly type: string;
  readonly time: string;
  readonly data: {
    readonly actor: PostHolder;
    readonly released?: { readonly officialId: string; readonly postId: string; from: string; until: string } | null;
    readonly responsible?: { readonly officialId: string };
    readonly rung?: string;
    readonly generation?: number;
  };
}

/** Null for bytes that are no event: that they were altered is found by their hash. */
function eventIn(body: string): Event | null {
  try {
    const { type, time, data } = Object(JSON.parse(body)) as Partial<Event>;
    return type === undefined || time === undefined || data === undefined ? null : { type, time, data };
  } catch {
    return null;
  }
}

function saidBy({ type, time, data: { actor } }: Event): JournalSays {
  return { type, time, actor };
}

/** An entry that lets a dossier go closes an interval; one that records an escalation makes a row. Nothing else stands in the ledgers. */
function ledgerDoubts(event: Event | null, held: HeldRow | null, rang: RangRow | null): readonly Doubt[] {
  if (event === null) return [];
  const { released = null, responsible, rung, generation } = event.data;
  const escalates = event.type === 'dossier-escalated';
  const lacks = (released !== null && held === null) || (escalates && rang === null);
  const hasMore = (released === null && held !== null) || (!escalates && rang !== null);
  const differs =
    (released !== null && held !== null && intervalOf(released) !== intervalOf(held)) ||
    (escalates &&
      rang !== null &&
      [rung, generation, responsible?.officialId].join() !== [rang.rung, rang.generation, rang.responsibleId].join());
  return [...(lacks ? (['ledger-lacks'] as const) : []), ...(hasMore || differs ? (['ledger-differs'] as const) : [])];
}

function intervalOf(held: Pick<HeldRow, 'officialId' | 'postId' | 'from' | 'until'>): string {
  return [held.officialId, held.postId, Date.parse(held.from), Date.parse(held.until)].join();
}
