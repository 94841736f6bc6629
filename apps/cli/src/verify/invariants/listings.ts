import { endingEventTypes, type ApplicantNotified, type MessageExchanged } from '#contracts';
import { dossierFrom, nextRungAt, noticeCausedBy } from '#domain';
import { canonicalJson } from '#platform';
import type { EFormRow, Evidence, JournalRow, MessageRow, NoticeRow } from '../evidence';
import { groupedBy, sameSet, type Finding } from './verdict';

/** Receipts and ends are counted in the journal, listed dossiers by the columns they are found by. */
export function balancesHold({ dossiers, events, journal }: Evidence): Finding {
  const received = streamsWith(journal, ({ type }) => type === 'dossier-received');
  const ended = streamsWith(journal, ({ type }) => (endingEventTypes as readonly string[]).includes(type));
  const endedAfterReceipt = [...received].filter((stream) => ended.has(stream)).length;
  const listed = dossiers.filter(({ code }) => code !== null);
  const settled = listed.filter(({ endedAt }) => endedAt !== null).length;
  const open = listed.length - settled;
  const offenders = [
    ...(received.size === settled + open ? [] : [`received ${received.size} is not settled ${settled} + open ${open}`]),
    ...(settled === endedAfterReceipt ? [] : [`${settled} listed as settled, ${endedAfterReceipt} ended`]),
    ...(dossiers.length === events.size ? [] : [`${dossiers.length} dossiers listed, ${events.size} journalled`]),
  ];
  return { says: 'received = settled + open', checked: received.size, offenders };
}

function streamsWith(journal: Evidence['journal'], says: (row: JournalRow) => boolean): ReadonlySet<string> {
  return new Set(journal.filter(says).map(({ stream }) => stream));
}

export function projectionsEqualRebuild({ dossiers, events, journal }: Evidence): Finding {
  const ends = new Map(journal.map(({ stream, hash }) => [stream, hash]));
  const offenders = dossiers.flatMap(({ dossierId, state, status, lastSequence, lastHash }) => {
    const history = events.get(dossierId);
    if (!history) return [`${dossierId}: listed, not journalled`];
    const rebuilt = dossierFrom(history);
    const equal =
      canonicalJson(rebuilt) === canonicalJson(state) &&
      rebuilt.status === status &&
      rebuilt.lastSequence === lastSequence &&
      ends.get(dossierId) === lastHash &&
      (history.at(-1)?.nextrungat ?? null) === nextRungAt(rebuilt);
    return equal ? [] : [`${dossierId}: differs from its entries`];
  });
  return { says: 'every dossier is what its entries add up to', checked: dossiers.length, offenders };
}

export function alertsEqualEscalations({ events, alerts }: Evidence): Finding {
  const told = groupedBy(
    alerts.filter(({ withdrawn }) => !withdrawn),
    ({ dossierId }) => dossierId,
  );
  let checked = 0;
  const offenders = [...events].flatMap(([dossierId, history]) => {
    const standing = dossierFrom(history).escalations.map(({ generation, rung }) => `${generation}/${rung}`);
    const shown = (told.get(dossierId) ?? []).map(({ generation, rung }) => `${generation}/${rung}`);
    checked += standing.length;
    return sameSet(standing, shown) ? [] : [`${dossierId}: ${shown.length} alerts for ${standing.length} escalations`];
  });
  return { says: 'every standing escalation is an alert, and no other', checked, offenders };
}

/** What an appeal starts from: an applicant was told because of an entry, and what became of it is an entry itself. */
export function noticesEqualEntries({ notices, journal, events }: Evidence): Finding {
  const told = journal.filter(({ stream }) => stream === 'notices').map(toldIn);
  const settled = notices.flatMap((row) =>
    row.state === 'pending' ? [] : [noticeOf(row.entrySequence, row.state, row)],
  );
  const written = new Set(journal.filter(({ stream }) => stream === 'messages').map(messageIn));
  const uncaused = notices.filter(({ dossierId, causeSequence, kind }) => {
    if (kind === 'message') return !written.has(messageOf(dossierId, causeSequence));
    const cause = events.get(dossierId)?.find(({ sequence }) => sequence === causeSequence);
    return !cause || noticeCausedBy(cause) !== kind;
  });
  const offenders = [
    ...difference(settled, told).map((notice) => `${notice}: is no entry`),
    ...difference(told, settled).map((notice) => `${notice}: is an entry of no notice`),
    ...uncaused.map(({ dossierId, causeSequence, kind }) => `${dossierId}: entry ${causeSequence} causes no "${kind}"`),
  ];
  const says = 'every notice to an applicant has its cause, and its outcome is an entry';
  return { says, checked: notices.length, offenders };
}

/** What a court may ask for: every letter is an entry, and is kept as it was sealed then. */
export function messagesEqualEntries({ messages, journal }: Evidence): Finding {
  const entered = journal
    .filter(({ stream }) => stream === 'messages')
    .map(({ sequence, body }) => {
      const { data } = JSON.parse(body) as { readonly data: MessageExchanged };
      return sealedOf({ ...data, entrySequence: sequence });
    });
  const kept = messages.map(sealedOf);
  const offenders = [
    ...difference(kept, entered).map((message) => `${message}: is no entry`),
    ...difference(entered, kept).map((message) => `${message}: is not kept as it was entered`),
  ];
  return { says: 'every letter between office and applicant is an entry', checked: messages.length, offenders };
}

function sealedOf({ dossierId, messageId, entrySequence, sealedHash }: MessageRow): string {
  return `${dossierId}: message ${entrySequence} (${messageId}) sealed as ${sealedHash.slice(0, 12)}`;
}

/** What was corrected of an e-form is kept as its entry says; what was handed in came with the first. */
export function eFormsEqualEntries({ eForms, events }: Evidence): Finding {
  const entered = [...events].flatMap(([dossierId, life]) =>
    life.flatMap(({ sequence, type, data }) =>
      type === 'dossier-corrected' && data.eForm ? [correctedOf({ dossierId, sequence, ...data.eForm })] : [],
    ),
  );
  const kept = eForms.filter(({ sequence }) => sequence > 1).map(correctedOf);
  const offenders = [
    ...difference(kept, entered).map((eForm) => `${eForm}: is no entry`),
    ...difference(entered, kept).map((eForm) => `${eForm}: is not kept as it was entered`),
  ];
  return { says: 'every corrected e-form is an entry', checked: eForms.length, offenders };
}

function correctedOf({ dossierId, sequence, sealedHash }: EFormRow): string {
  return `${dossierId}: e-form of entry ${sequence} sealed as ${sealedHash.slice(0, 12)}`;
}

/** A message of the office, by its dossier and its entry. */
function messageIn({ sequence, body }: JournalRow): string {
  const { data } = JSON.parse(body) as { readonly data: MessageExchanged };
  return data.author === null ? '' : messageOf(data.dossierId, sequence);
}

function messageOf(dossierId: string, sequence: number): string {
  return `${dossierId}: message ${sequence}`;
}

function toldIn({ sequence, body }: JournalRow): string {
  const { data } = JSON.parse(body) as { readonly data: ApplicantNotified };
  return noticeOf(sequence, data.outcome, data);
}

function noticeOf(
  entry: number | null,
  outcome: string,
  { dossierId, causeSequence, kind }: Pick<NoticeRow, 'dossierId' | 'causeSequence' | 'kind'>,
): string {
  return `${dossierId}: entry ${causeSequence} "${kind}" ${outcome} (notices ${entry})`;
}

function difference(some: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return some.filter((one) => !known.has(one));
}
