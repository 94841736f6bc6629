import type { StackFile } from '#local';
import { transitions } from '#domain';
import { asOwner } from '../../apps/cli/src/stack-access';
import type { Evidence } from '../../apps/cli/src/verify/evidence';
import { recordings } from '../../apps/cli/src/verify/invariants/rungs';
import type { Verdict } from '../../apps/cli/src/verify/invariants/verdict';
import type { MailSink } from '#testing';
import type { Remembered } from './people';

/** What the office holds of what people asked: counted by dossier and type, and which keys were answered. */
interface Kept {
  readonly acts: ReadonlyMap<string, number>;
  readonly answers: ReadonlyMap<string, { readonly dossierId: string }>;
  readonly codes: ReadonlyMap<string, string>;
}

/** I1 and I2 as clients see them: their own records against journal and answers. */
export async function decideRecord(stack: StackFile, remembered: readonly Remembered[]): Promise<readonly Verdict[]> {
  const kept = await keptOf(stack);
  return [receiptsJournalled(remembered, kept), actsJournalled(remembered, kept), answeredAlike(remembered)];
}

/** Every mail that was marked as sent has arrived, none that nobody was to get, and none waits longer than its time or was given up. */
export async function decideMail(stack: StackFile, { mails }: MailSink): Promise<Verdict> {
  const deliveries = await asOwner(stack, async (client) => {
    const { rows } = await client.query<{ id: string; state: string; overdue: boolean }>(
      `select coalesce(sent_with, message_id) as id, state, state = 'pending' and next_attempt_at < clock_timestamp() as overdue
       from oversight.delivery`,
    );
    return rows;
  });
  const arrived = new Set(mails.map(({ messageId }) => messageId.replace(/^<|>$/g, '')));
  const known = new Set(deliveries.map(({ id }) => id));
  const offenders = [
    ...deliveries
      .filter(({ id, state }) => state === 'sent' && !arrived.has(id))
      .map(({ id }) => `${id}: never arrived`),
    ...[...arrived].filter((id) => !known.has(id)).map((id) => `${id}: nobody was to get it`),
    ...deliveries.filter(({ state }) => state === 'failed').map(({ id }) => `${id}: given up`),
    ...deliveries.filter(({ overdue }) => overdue).map(({ id }) => `${id}: waits to be sent`),
  ];
  return {
    id: 'mail',
    says: 'what was to be sent was sent and has arrived, and nothing else',
    checked: deliveries.length,
    offenders,
  };
}

/** However it is disturbed, the desk's watchdog tells a head within three minutes of its being back; outages last one. */
const HEADS_WAIT_AT_MOST_MS = 240_000;

/** I8 with a limit: every rung that clock or watchdog recorded, they recorded in time. */
export function decidePromptness({ events }: Pick<Evidence, 'events'>): Verdict {
  const recorded = [...events].flatMap(([dossierId, history]) => recordings(dossierId, history));
  const offenders = recorded.flatMap(({ dossierId, rung, recordedBy, recordedAt, wakeAt }) => {
    const lateMs = Date.parse(recordedAt) - Date.parse(wakeAt ?? recordedAt);
    return lateMs > HEADS_WAIT_AT_MOST_MS ? [`${dossierId}: ${rung} by ${recordedBy} after ${lateMs / 1_000} s`] : [];
  });
  return { id: 'I8', says: 'no head waited longer than four minutes', checked: recorded.length, offenders };
}

async function keptOf(stack: StackFile): Promise<Kept> {
  return asOwner(stack, async (client) => {
    const acts = await client.query<{ stream: string; type: string; count: string }>(
      'select stream, type, count(*) from desk.journal group by stream, type',
    );
    const answers = await client.query<{ key: string; body: string }>('select key, body from desk.answer');
    const codes = await client.query<{ id: string; code: string }>('select dossier_id as id, code from desk.dossier');
    return {
      acts: new Map(acts.rows.map(({ stream, type, count }) => [`${stream} ${type}`, Number(count)])),
      answers: new Map(answers.rows.map(({ key, body }) => [key, JSON.parse(body) as { dossierId: string }])),
      codes: new Map(codes.rows.map(({ id, code }) => [id, code])),
    };
  });
}

/** Each receipt is in the journal once; one that nobody knows of once or not at all; and none beyond these. */
function receiptsJournalled(remembered: readonly Remembered[], { acts, answers, codes }: Kept): Verdict {
  const receipts = remembered.filter(({ command }) => command === 'receive');
  const dossiers = receipts.flatMap(({ key, outcome, dossierId }) => {
    const id = outcome === 'unknown' ? answers.get(key)?.dossierId : dossierId;
    return id == null ? [] : [id];
  });
  const journalled = [...acts].filter(([act]) => act.endsWith(' dossier-received'));
  const asked = new Set(dossiers.map((id) => `${id} dossier-received`));
  const offenders = [
    ...dossiers.filter((id) => acts.get(`${id} dossier-received`) !== 1).map((id) => `${id}: a receipt, not one entry`),
    ...journalled.filter(([act]) => !asked.has(act)).map(([act]) => `${act}: nobody asked for it`),
    ...receipts
      .filter(({ outcome, dossierId, code }) => outcome === 'acknowledged' && codes.get(dossierId ?? '') !== code)
      .map(({ dossierId, code }) => `${String(dossierId)}: the receipt says ${String(code)}`),
  ];
  return { id: 'I1', says: 'each receipt a client holds is in the journal once', checked: receipts.length, offenders };
}

/** So many entries as commands were acknowledged, or were answered when their client had gone; none for a refused one. */
function actsJournalled(remembered: readonly Remembered[], { acts, answers }: Kept): Verdict {
  const expected = new Map<string, number>();
  const offenders: string[] = [];
  for (const { key, command, outcome, dossierId } of remembered) {
    const answer = answers.get(key);
    if (outcome === 'acknowledged' && !answer) offenders.push(`${key}: acknowledged, no answer is kept`);
    if (outcome === 'refused' && answer) offenders.push(`${key}: refused, an answer is kept`);
    const id = answer?.dossierId ?? dossierId;
    if (!answer || id === null) continue;
    const act = `${id} ${transitions[command].event}`;
    expected.set(act, (expected.get(act) ?? 0) + 1);
  }
  for (const [act, count] of expected) {
    if (acts.get(act) !== count) offenders.push(`${act}: ${acts.get(act) ?? 0} entries for ${count} commands`);
  }
  return { id: 'I1', says: 'each command a client gave is in the journal once', checked: remembered.length, offenders };
}

function answeredAlike(remembered: readonly Remembered[]): Verdict {
  const offenders = remembered.filter(({ differs }) => differs).map(({ key, command }) => `${key}: ${command}`);
  const checked = remembered.filter(({ outcome }) => outcome === 'acknowledged').length;
  return { id: 'I2', says: 'a repeat with the same key is answered alike', checked, offenders };
}
