import { dueAt, localDate, shiftByWorkingTime, workingMsBetween, type Instant, type WorkCalendar } from '#calendar';
import type { ProcedureVersion } from '#domain';
import type { PlannedCommand } from '../replay/plan';
import { absentAt, type DemoAbsence } from './absences';
import { declaredDeath } from './e-forms';
import type { Offered, OfficeCharacter, Section } from './offices';
import { applicant } from './people';
import type { Random } from './random';

const HOUR_MS = 3_600_000;
const WORKING_DAY_MS = 8 * HOUR_MS;
/** The procedure whose e-form its applicants fill in here. */
const DEATH = 'S1.000003';
const FEES_KEPT_FOR_MS = 30 * 24 * HOUR_MS;

/** What a year is made from. */
export interface YearSources {
  /** The same seed makes the same year. */
  readonly seed: number;
  /** Where the past ends and the present begins. */
  readonly now: Instant;
  readonly calendar: WorkCalendar;
  readonly procedures: readonly ProcedureVersion[];
  readonly offices: readonly OfficeCharacter[];
  readonly absences: readonly DemoAbsence[];
}

/** Who wants what, and when. */
export interface Wanted {
  readonly office: OfficeCharacter;
  readonly at: Instant;
  readonly section: Section;
  readonly offered: Offered;
}

/** A command, and who gives it. */
export interface DemoCommand extends PlannedCommand {
  /** An official in the present; of what is past, whoever takes it over. */
  readonly by: { readonly officialId: string; readonly postId?: string };
}

/** The commands of one dossier, in the order of time. */
export type Life = readonly DemoCommand[];

/** Who records the past of an office. */
export const recorder = 'kien';

/** The post in which the recorder records what an office received. */
export function recordersPost({ centreId }: OfficeCharacter): string {
  return `${centreId}-migrator`;
}

/** From the counter to the applicant's hand. */
export function lifeOf(trace: number, wanted: Wanted, random: Random, sources: YearSources): Life {
  const life = new LifeToTell(trace, wanted, random, sources);
  if (life.takeIn() === 'taken' && life.workOn() === 'ready') life.end();
  return life.told;
}

type Worked = 'ready' | 'withdrawn';

/** Told act by act, at the instants at which a person would do it. */
class LifeToTell {
  readonly told: DemoCommand[] = [];
  private readonly procedure: ProcedureVersion;
  private readonly clerk: string;
  private readonly channel: string;
  private readonly components: readonly string[];
  private readonly isLate: boolean;
  private official: string;
  private hasPaid = false;
  /** When the clock began, and how much working time was promised from then on. */
  private clockStartedAt: Instant;
  private promisedMs = 0;
  /** Of the working time that is needed, what is left. */
  private leftMs = 0;
  private workedUntil: Instant;

  constructor(
    private readonly trace: number,
    private readonly wanted: Wanted,
    private readonly random: Random,
    private readonly sources: YearSources,
  ) {
    const { office, section, offered, at } = wanted;
    const procedure = sources.procedures.find(({ code }) => code === offered.code);
    if (!procedure) throw new Error(`The demo's catalogue has no procedure ${offered.code}.`);
    this.procedure = procedure;
    this.components = procedure.description?.components.map(({ code }) => code) ?? [];
    this.clerk = random.pick(office.clerks);
    this.official = random.pick(section.officials);
    this.channel = channelOf(procedure, office, random);
    this.isLate = random.is(section.lateShare);
    this.clockStartedAt = this.workedUntil = at;
  }

  /** Refused at the door: it was handed in online, and wrongly. */
  takeIn(): 'taken' | 'refused' {
    const { office, section, at } = this.wanted;
    const intake = {
      procedureCode: this.procedure.code,
      channel: this.channel,
      applicant: applicant(this.random, office.places),
      ...(section.about !== undefined && { about: { officialId: section.about } }),
      ...(this.procedure.code === DEATH && {
        eForm: declaredDeath(this.random, at, this.sources.calendar, office.places),
      }),
    };
    const responsible = { officialId: this.clerk, postId: `${office.centreId}-clerk` };
    const papers = this.components.map((component) => ({ component, state: 'present' }));
    if (this.channel !== 'online') {
      this.tell('receive', this.clerk, at, { ...intake, responsible, papers });
      this.takeTheFee(at);
      return 'taken';
    }
    this.tell('submit', this.clerk, at, intake);
    const acceptedAt = this.goOn(this.random.between(0.2, 5) * HOUR_MS);
    if (this.random.is(0.04)) {
      const reasonCode = this.random.pick(['unreadable', 'wrong-procedure', 'not-ours', 'duplicate']);
      this.tell('refuse', this.clerk, acceptedAt, { reasonCode, remark: 'Đề nghị nộp lại theo hướng dẫn.' });
      return 'refused';
    }
    this.tell('accept', this.clerk, acceptedAt, { responsible, papers });
    this.takeTheFee(acceptedAt);
    return 'taken';
  }

  /** Charged and paid with the receipt, in the last weeks: the counters keep the book of fees here since then. */
  private takeTheFee(at: Instant): void {
    const { fee } = this.procedure.description ?? {};
    const keptSince = Date.parse(this.sources.now) - FEES_KEPT_FOR_MS;
    if (fee?.dueAt !== 'acceptance' || Date.parse(at) < keptSince) return;
    const { amountMinor, currency } = fee;
    this.hasPaid = true;
    const charged = { basis: 'certificate-issue', legalBasis: 'Luật Phí và lệ phí 97/2015/QH13' };
    this.tell('charge-fee', this.clerk, at, { amountMinor, currency, ...charged, collectedAt: fee.dueAt });
    this.tell('pay-fee', this.clerk, at, {
      amountMinor,
      receiptNumber: `BL-${String(this.trace).padStart(7, '0')}`,
      method: this.channel === 'online' ? 'online' : 'cash',
    });
  }

  /** Ready for the result, where the applicant did not withdraw. */
  workOn(): Worked {
    this.startClock();
    this.handOver();
    if (this.promisedMs <= 2 * WORKING_DAY_MS) return 'ready';
    const turn = this.random.next();
    if (turn < 0.12) return this.supplement();
    if (turn < 0.18) this.waitForPayment();
    else if (this.isLate && this.random.is(0.35)) this.extend();
    return 'ready';
  }

  end(): void {
    const processedAt = this.work(1);
    this.tell('mark-processed', this.official, processedAt, { result: this.random.is(0.03) ? 'refused' : 'granted' });
    const isSent = this.channel === 'online' && this.random.is(0.6);
    const returned = isSent ? { to: 'online', proof: 'electronic-receipt' } : { to: 'applicant', proof: 'signature' };
    this.tell('return', this.clerk, this.later(processedAt, this.random.between(0.2, 6) * HOUR_MS), returned);
  }

  /** What was handed in online is promised from its acceptance on. */
  private startClock(): void {
    this.clockStartedAt = this.workedUntil;
    this.promisedMs = promisedMs(this.procedure, this.channel, this.clockStartedAt, this.sources.calendar);
    this.leftMs = this.promisedMs * (this.isLate ? this.random.between(1.15, 2) : this.random.between(0.3, 0.95));
  }

  private handOver(): void {
    const { absences } = this.sources;
    const { postId } = this.wanted.section;
    const handedOverAt = this.goOn(this.random.between(0.1, 1) * Math.min(HOUR_MS, this.leftMs / 4));
    const [first] = this.procedure.serviceLevel.steps;
    this.official = absentAt(absences, this.official, handedOverAt)?.transfer?.to ?? this.official;
    this.tell('hand-over', this.clerk, handedOverAt, {
      to: { officialId: this.official, postId },
      ...(first && { step: first.code }),
    });
    if (!absentAt(absences, this.official, handedOverAt)) {
      const acceptedAt = this.goOn(this.random.between(0.1, 1) * Math.min(2 * HOUR_MS, this.leftMs / 4));
      this.tell('accept-hand-over', this.official, acceptedAt);
    }
    this.transfer();
  }

  /** Who goes away for long gives away what they hold, where their head sees to it. */
  private transfer(): void {
    const done = this.later(this.workedUntil, this.leftMs);
    const leaving = this.sources.absences.find(
      ({ officialId, from }) => officialId === this.official && this.workedUntil < from && from < done,
    );
    if (!leaving?.transfer) return;
    const { to: officialId, by } = leaving.transfer;
    const to = { officialId, postId: this.wanted.section.postId };
    this.workedUntil = this.later(leaving.from, HOUR_MS);
    this.tell('reassign', by, this.workedUntil, { to, reasonCode: 'staff-shortage' });
    this.official = officialId;
  }

  private supplement(): Worked {
    const asked = { reasonCode: 'document-missing', remark: 'Đề nghị bổ sung giấy tờ còn thiếu.' };
    const missing = this.components.length > 0 ? this.random.pick(this.components) : 'application-form';
    this.tell('request-supplement', this.official, this.work(0.3), { ...asked, components: [missing] });
    this.workedUntil = this.later(this.workedUntil, this.random.between(1, 6) * WORKING_DAY_MS);
    if (this.random.is(0.15)) {
      this.tell('request-withdrawal', this.official, this.workedUntil);
      this.tell('confirm-withdrawal', this.official, this.later(this.workedUntil, 2 * HOUR_MS));
      return 'withdrawn';
    }
    this.tell('receive-supplement', this.official, this.workedUntil);
    return 'ready';
  }

  private waitForPayment(): void {
    const { fee } = this.procedure.description ?? {};
    if (!fee || this.hasPaid) return;
    this.tell('request-payment', this.official, this.work(0.3), {
      amountMinor: fee.amountMinor,
      currency: fee.currency,
    });
    this.workedUntil = this.later(this.workedUntil, this.random.between(0.3, 3) * WORKING_DAY_MS);
    this.tell('receive-payment', this.official, this.workedUntil);
  }

  /** The head apologised shortly before the promise broke, and named a day that was kept or not. In the present that is the visitor's. */
  private extend(): void {
    const { calendar, now } = this.sources;
    const { head } = this.wanted.section;
    const askedAt = this.later(this.clockStartedAt, this.promisedMs * 0.9);
    if (askedAt <= this.workedUntil || askedAt > now) return;
    const more = this.random.between(0.1, 1) * this.promisedMs + WORKING_DAY_MS;
    const until = localDate(calendar, this.later(this.clockStartedAt, this.promisedMs + more));
    const reasonCode = this.random.pick(['survey', 'complex-case', 'other-body-late']);
    this.leftMs -= workingMsBetween(calendar, this.workedUntil, askedAt);
    this.workedUntil = askedAt;
    this.tell('extend', head, askedAt, { reasonCode, until, signedBy: head });
  }

  /** When a part of what is left is done; nobody works while they are away. */
  private work(share: number): Instant {
    const done = this.goOn(this.leftMs * share);
    const away = absentAt(this.sources.absences, this.official, done);
    if (away) this.workedUntil = this.later(away.until, this.random.between(0.2, 2) * WORKING_DAY_MS);
    return this.workedUntil;
  }

  /** So much of the working time that is needed goes by. */
  private goOn(workingMs: number): Instant {
    this.workedUntil = this.later(this.workedUntil, workingMs);
    this.leftMs = Math.max(0, this.leftMs - workingMs);
    return this.workedUntil;
  }

  /** So much working time after, while the office is open. */
  private later(from: Instant, workingMs: number): Instant {
    return shiftByWorkingTime(this.sources.calendar, from, Math.max(1, Math.floor(workingMs)));
  }

  private tell(name: PlannedCommand['name'], officialId: string, at: Instant, body: object = {}): void {
    const isPast = at <= this.sources.now;
    this.told.push({
      at,
      trace: this.trace,
      part: name,
      name,
      by: isPast ? { officialId: recorder, postId: recordersPost(this.wanted.office) } : { officialId },
      body: { ...body, ...(isPast && { occurredAt: at }) },
    });
  }
}

/** From when the clock starts until the date that is promised: the shortest of the limits that hold for the channel. */
function promisedMs(
  { code, serviceLevel }: ProcedureVersion,
  channel: string,
  from: Instant,
  calendar: WorkCalendar,
): number {
  const { legalLimit, appointmentLimit, onlineLimit, counting } = serviceLevel;
  const limits = [legalLimit, appointmentLimit, channel === 'online' ? onlineLimit : null];
  const due = limits.flatMap((limit) => (limit ? [dueAt(calendar, from, limit, counting)] : [])).sort();
  if (due[0] === undefined) throw new Error(`The demo needs a limit, and ${code} has none.`);
  return workingMsBetween(calendar, from, due[0]);
}

/** Of the channels that the procedure has; now and then by post. */
function channelOf({ description }: ProcedureVersion, { onlineShare }: OfficeCharacter, random: Random): string {
  const offered = description?.channels ?? ['desk', 'online', 'post'];
  const isOnline = random.is(onlineShare);
  const isByPost = random.is(0.08);
  if (isOnline && offered.includes('online')) return 'online';
  if (isByPost && offered.includes('post')) return 'post';
  return offered.includes('desk') ? 'desk' : 'online';
}
