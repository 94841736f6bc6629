import type { Instant } from '#calendar';
import { tellAbove, type TellingRung } from '#contracts';
import type { Act } from './act';
import type { CommandOf } from './commands';
import { clockRuns, type Dossier, type Fact, type FactOf, type StandingEscalation } from './dossier';
import { EscalationNotFound, EscalationOutdated, FieldInvalid } from './errors';
import { brokenPromise } from './rung-names';

/** What rang stands from its instant on. */
export function escalated(dossier: Dossier, event: FactOf<'dossier-escalated'>): Dossier {
  return {
    ...dossier,
    ...rang(dossier, event),
    escalations: [...dossier.escalations, { ...standing(event.data), dueAt: event.time }],
  };
}

/** A promise that is broken ends the acknowledgement: what it silenced stays silent, and the rest of the ladder is open again. */
function rang(
  dossier: Dossier,
  { time, data }: FactOf<'dossier-escalated'>,
): Pick<Dossier, 'passedRungs' | 'acknowledged'> {
  const { promise, schedule } = dossier;
  const passed = passedWith(dossier, data);
  if (promise?.name !== data.rung || data.generation !== schedule.generation) {
    return { passedRungs: passed, acknowledged: dossier.acknowledged };
  }
  const silenced = schedule.rungs.filter((rung) => 'tell' in rung && rung.dueAt <= time && !passed.includes(rung.name));
  return { passedRungs: [...passed, ...silenced.map(({ name }) => name)], acknowledged: false };
}

function standing(data: FactOf<'dossier-escalated'>['data']): Omit<StandingEscalation, 'dueAt'> {
  const { generation, rung, responsible, addressee, recordedBy } = data;
  return { generation, rung, responsible, addressee, recordedBy };
}

/** The rungs that will not ring any more, with that one; a rung of an older generation changes nothing. */
export function passedWith(dossier: Dossier, key: { generation: number; rung: string }): readonly string[] {
  return key.generation === dossier.schedule.generation ? [...dossier.passedRungs, key.rung] : dossier.passedRungs;
}

/** As if it had not been recorded; where only the holder changed, its rung is open again. */
export function escalationWithdrawn(dossier: Dossier, data: FactOf<'escalation-withdrawn'>['data']): Dossier {
  const { generation, rung, reason } = data;
  const reopens = reason === 'holder-changed' && generation === dossier.schedule.generation;
  return {
    ...dossier,
    escalations: dossier.escalations.filter((one) => one.generation !== generation || one.rung !== rung),
    passedRungs: reopens ? dossier.passedRungs.filter((name) => name !== rung) : dossier.passedRungs,
  };
}

/** What whoever was told says: by when it will be settled. @throws EscalationNotFound, EscalationOutdated, FieldInvalid */
export function acknowledgement(
  dossier: Dossier,
  command: CommandOf<'acknowledge'>,
  act: Act,
): FactOf<'escalation-acknowledged'>['data'] {
  const { generation, rung, plannedAt, reasonCode } = command;
  requireStanding(dossier, command, act.occurredAt);
  if (plannedAt <= act.occurredAt) throw new FieldInvalid('plannedAt', 'must lie after now');
  const promise = promiseOf(dossier, command, act);
  return { actor: act.actor, generation, rung, plannedAt, reasonCode, promise };
}

/** The planned date as a rung: unkept, it tells whoever stands above the one that was told. */
function promiseOf(dossier: Dossier, { rung, plannedAt }: CommandOf<'acknowledge'>, act: Act): TellingRung | null {
  const { schedule, promise, passedRungs } = dossier;
  const rang = [...schedule.rungs, ...(promise ? [promise] : [])].find(({ name }) => name === rung);
  if (!rang || !('tell' in rang)) return null;
  const broken = passedRungs.filter((name) => name.startsWith(brokenPromise(''))).length;
  const name = brokenPromise(broken + 1);
  return { name, of: rang.of, dueAt: plannedAt, wakeAt: act.wakeAt(plannedAt), tell: tellAbove(rang.tell) };
}

function requireStanding(
  { escalations, schedule }: Dossier,
  { generation, rung }: CommandOf<'acknowledge'>,
  occurredAt: Instant,
): void {
  const rang = escalations.find((one) => one.generation === generation && one.rung === rung);
  if (!rang || rang.dueAt > occurredAt) throw new EscalationNotFound(generation, rung);
  if (generation !== schedule.generation) throw new EscalationOutdated(generation, rung, schedule.generation);
}

/** Escalations recorded already although this, recorded only now, happened at or before their instants. */
export function withdrawals(dossier: Dossier, own: Fact, then: Dossier, { actor }: Act): readonly Fact[] {
  const stillDue = clockRuns(then) && !then.acknowledged && then.schedule.generation === dossier.schedule.generation;
  const holderChanged =
    own.type === 'dossier-handed-over' || own.type === 'dossier-reassigned' || own.type === 'hand-over-sent-back';
  if (stillDue && !holderChanged) return [];
  return dossier.escalations
    .filter((escalation) => escalation.dueAt >= own.time && !isAcknowledgedBy(own, escalation))
    .map(({ generation, rung }) => ({
      type: 'escalation-withdrawn',
      subject: dossier.dossierId,
      sequence: 0,
      time: own.time,
      data: { actor, generation, rung, reason: stillDue ? 'holder-changed' : 'answered' },
    }));
}

/** The rung that an acknowledgement names stands: it is what was acknowledged. */
function isAcknowledgedBy(own: Fact, { generation, rung }: StandingEscalation): boolean {
  return own.type === 'escalation-acknowledged' && own.data.generation === generation && own.data.rung === rung;
}
