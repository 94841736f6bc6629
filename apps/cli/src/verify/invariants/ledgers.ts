import { dossierFrom, type Dossier, type StandingEscalation } from '#domain';
import type { EscalationRow, Evidence, OpinionRow } from '../evidence';
import { groupedBy, sameSet, type Finding } from './verdict';

/** Over the intervals of the ledger; the fold closes and opens in one step and could show no gap. */
export function responsibilityWithoutGap({ events, ledger }: Evidence): Finding {
  const held = groupedBy(ledger, ({ dossierId }) => dossierId);
  const offenders = [...events].flatMap(([dossierId, history]) => {
    const { endedAt, responsibility } = dossierFrom(history);
    const present = responsibility.filter(({ until }) => until === null);
    const intervals = [...(held.get(dossierId) ?? []), ...present].sort(byFromAndUntil);
    const gaps = intervals.slice(1).filter(({ from }, index) => from !== intervals[index]?.until);
    const covers = intervals[0]?.from === history[0]?.time && intervals.at(-1)?.until === endedAt;
    return gaps.length === 0 && covers ? [] : [`${dossierId}: held with a gap or an overlap`];
  });
  return {
    says: 'responsibility covers every dossier without gap or overlap',
    checked: events.size,
    offenders,
  };
}

interface Interval {
  readonly from: string;
  readonly until: string | null;
}

/** An interval that lasts comes last. */
function byFromAndUntil(one: Interval, other: Interval): number {
  const key = ({ from, until }: Interval) => `${from} ${until ?? 'now'}`;
  return key(one) < key(other) ? -1 : 1;
}

export function ledgersAddUp({ events, ledger, escalations, opinions }: Evidence): Finding {
  const held = groupedBy(ledger, ({ dossierId }) => dossierId);
  const rang = groupedBy(escalations, ({ dossierId }) => dossierId);
  const asked = groupedBy(opinions, ({ dossierId }) => dossierId);
  const offenders = [...events].flatMap(([dossierId, history]) => {
    const dossier = dossierFrom(history);
    const folded = dossier.responsibility.flatMap(({ officialId, postId, officeId, from, until, workingMs }) =>
      until === null ? [] : [{ dossierId, officialId, postId, officeId, from, until, workingMs: workingMs ?? 0 }],
    );
    const standing = dossier.escalations.map((escalation) => escalationRow(dossierId, escalation));
    const recorded = (rang.get(dossierId) ?? []).filter(({ withdrawn }) => !withdrawn);
    return [
      ...(sameSet(folded, held.get(dossierId) ?? [])
        ? []
        : [`${dossierId}: responsibility ledger differs from the journal`]),
      ...(sameSet(opinionRows(dossier), asked.get(dossierId) ?? [])
        ? []
        : [`${dossierId}: ledger of opinions differs from the journal`]),
      ...(sameSet(standing, recorded) ? [] : [`${dossierId}: escalation ledger differs from the journal`]),
    ];
  });
  return {
    says: 'the ledgers are what the journal adds up to',
    checked: ledger.length + escalations.length + opinions.length,
    offenders,
  };
}

/** What the ledger must say of an escalation that stands. */
function escalationRow(dossierId: string, escalation: StandingEscalation): EscalationRow {
  const { generation, rung, dueAt, responsible, addressee, recordedBy } = escalation;
  return {
    dossierId,
    generation,
    rung,
    dueAt,
    responsibleId: responsible.officialId,
    addresseeId: addressee.officialId,
    recordedBy,
    withdrawn: false,
  };
}

/** What the ledger must say of the opinions that a dossier asked for. */
function opinionRows({ dossierId, opinions }: Dossier): readonly OpinionRow[] {
  return opinions.map(({ opinionId, asked, dueAt, answer }) => {
    return { opinionId, dossierId, officeId: asked.officeId, dueAt, answered: answer !== null };
  });
}
