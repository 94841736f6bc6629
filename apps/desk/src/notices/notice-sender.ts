import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { wallTimeInWords } from '#calendar';
import { parseDossierEvent, type DossierEvent, type NoticeMeans } from '#contracts';
import { feeIdOfPayment, type Dossier } from '#domain';
import type { Log } from '#messaging';
import { LOGGER, pauseAfterAttempts } from '#platform';
import { Catalogue } from '../catalogue/catalogue';
import { PersonalData, type Applicant } from '../command/personal-data';
import { OrganisationDirectory } from '../organisation/organisation-directory';
import { moneyInWords } from './money';
import { NoticeBook, noticeId, type Attempted, type ClaimedNotice } from './notice-book';
import { NOTICE_CHANNELS, NoticeNotAccepted, type NoticeChannel } from './notice-channel';
import { noticeWords, type NoticeFacts, type NoticeWords } from './notice-words';

/** How many notices one process hands over at the same time. */
export const noticesAtOnce = 8;
/** Where nothing can be sent, nothing takes time either. */
const NOT_SENT_AT_ONCE = 500;

/** Tells applicants what waits to be told. At least once: a crash before the outcome is written makes a repeat, with the same id. */
@Injectable()
export class NoticeSender {
  constructor(
    private readonly dataSource: DataSource,
    private readonly book: NoticeBook,
    private readonly personalData: PersonalData,
    private readonly catalogue: Catalogue,
    private readonly directory: OrganisationDirectory,
    @Inject(NOTICE_CHANNELS) private readonly channels: readonly NoticeChannel[],
    @Inject(LOGGER) private readonly log: Log,
  ) {}

  /** Takes what waits longest, tells it, and writes down what came of it. Safe in several processes at once. */
  async sendNext(): Promise<'more' | 'idle'> {
    const limit = this.channels.length === 0 ? NOT_SENT_AT_ONCE : noticesAtOnce;
    const claimed = await this.book.claim(limit);
    if (claimed.length === 0) return 'idle';
    const attempted = await Promise.all(
      claimed.map(async (notice) => ({ ...notice, ...(await this.attempt(notice)) })),
    );
    await this.book.settle(attempted);
    return claimed.length === limit ? 'more' : 'idle';
  }

  /** One that cannot be worked keeps no other from being told. */
  private async attempt(notice: ClaimedNotice): Promise<Attempted> {
    try {
      return await this.send(notice);
    } catch (error) {
      this.log.error({ err: error, notice: noticeId(notice) }, 'a notice could not be made; it is tried again');
      return inVain(notice, null, 'DEFECT');
    }
  }

  private async send(notice: ClaimedNotice): Promise<Attempted> {
    if (this.channels.length === 0) return { outcome: 'not-sent', reason: 'no-channel' };
    const applicant = await this.personalData.applicantOf(this.dataSource.manager, notice.dossierId);
    if (!applicant) return { outcome: 'not-possible', reason: 'erased' };
    const ways = waysTo(applicant, this.channels);
    if (ways.length === 0) return unreachable(applicant);
    const words = await this.wordsOf(notice, applicant);
    if (words === null) return { outcome: 'not-sent', reason: 'answered' };
    return this.handOverBy(ways, notice, words);
  }

  /** By the first way that takes it: where one is refused for good, the next may reach the applicant. */
  private async handOverBy(ways: readonly Way[], notice: ClaimedNotice, words: NoticeWords): Promise<Attempted> {
    let last: Attempted = { outcome: 'not-possible', reason: 'no-contact' };
    for (const way of ways) {
      last = await this.handOver(notice, way, words);
      if (last.outcome !== 'failed' || last.reason !== 'address-refused') return last;
    }
    return last;
  }

  private async handOver(notice: ClaimedNotice, { channel, to }: Way, words: NoticeWords): Promise<Attempted> {
    const { means } = channel;
    try {
      await channel.send({ id: noticeId(notice), to, words });
      return { outcome: 'sent', means };
    } catch (error) {
      if (!(error instanceof NoticeNotAccepted)) throw error;
      const { answer, isForGood } = error;
      if (isForGood) return { outcome: 'failed', means, answer, reason: 'address-refused' };
      return inVain(notice, means, answer);
    }
  }

  /** Null for a reminder of what has been answered since, and for a payment that nobody asks for any more. */
  private async wordsOf(
    { dossierId, causeSequence, kind }: ClaimedNotice,
    applicant: Applicant,
  ): Promise<NoticeWords | null> {
    const { manager } = this.dataSource;
    const [row] = await manager.query<{ state: Dossier; cause: string }[]>(
      `select d.state, j.body as cause from desk.dossier d
       join desk.journal j on j.stream = case when $3 = 'message' then 'messages' else d.dossier_id::text end
       where d.dossier_id = $1 and j.sequence = $2`,
      [dossierId, causeSequence, kind],
    );
    if (!row) throw new RangeError(`Dossier ${dossierId} has no entry ${causeSequence}.`);
    const cause = kind === 'message' ? null : parseDossierEvent(row.cause);
    if (cause?.type === 'applicant-reminded' && row.state.answerDueAt === null) return null;
    if (cause?.type === 'dossier-payment-requested' && isCancelled(row.state, causeSequence)) return null;
    const { procedure, calendar } = await this.catalogue.timekeepingOf(manager, row.state);
    const { offices } = await this.directory.current(manager);
    const { language } = applicant;
    return noticeWords({
      kind,
      language,
      code: row.state.code,
      office: offices.find(({ id }) => id === row.state.officeId)?.name ?? row.state.officeId,
      procedure: procedure.description?.names[language] ?? procedure.name,
      ...toldOf(cause, {
        wall: (instant) => wallTimeInWords(instant, calendar.timeZone, language),
        paper: (code) => procedure.description?.components.find((one) => one.code === code)?.name[language] ?? code,
        money: (amountMinor, currency) => moneyInWords(amountMinor, currency, language),
      }),
    });
  }
}

function isCancelled({ fees }: Dossier, sequence: number): boolean {
  return fees.some(({ feeId, cancelledAt }) => feeId === feeIdOfPayment(sequence) && cancelledAt !== null);
}

/** Tried again after a pause, until a day of attempts has passed. */
function inVain({ attempts }: ClaimedNotice, means: NoticeMeans | null, answer: string): Attempted {
  const pauseMs = pauseAfterAttempts(attempts);
  if (pauseMs === null) return { outcome: 'failed', means, answer, reason: 'not-accepted' };
  return { outcome: 'pending', means, answer, pauseMs };
}

/** A channel that reaches an applicant, and where. */
interface Way {
  readonly channel: NoticeChannel;
  readonly to: string;
}

function waysTo(applicant: Applicant, channels: readonly NoticeChannel[]): readonly Way[] {
  return channels.flatMap((channel) => {
    const to = channel.addressOf(applicant);
    return to === null ? [] : [{ channel, to }];
  });
}

/** Whether they left nothing, or what they left is no way of this stack. */
function unreachable({ email, phone }: Applicant): Attempted {
  return email === null && phone === null
    ? { outcome: 'not-possible', reason: 'no-contact' }
    : { outcome: 'not-sent', reason: 'no-channel' };
}

/** How things are written in the applicant's language. */
interface Writing {
  readonly wall: (instant: string) => string;
  readonly paper: (code: string) => string;
  readonly money: (amountMinor: number, currency: string) => string;
}

/** What the entry itself says to be told; of a message, nothing: it is read where only the holder of the receipt reads. */
function toldOf(
  cause: DossierEvent | null,
  writing: Writing,
): Pick<NoticeFacts, 'promised' | 'answerBy' | 'papers' | 'amount'> {
  const nothing = { promised: null, answerBy: null, papers: [], amount: null };
  const wall = (instant: string | null) => instant && writing.wall(instant);
  if (cause === null) return nothing;
  if (cause.type === 'dossier-received') {
    return { ...nothing, promised: wall(cause.data.deadlines.due.appointmentAt) };
  }
  if (cause.type === 'dossier-extended') return { ...nothing, promised: wall(cause.data.appointmentAt) };
  if (cause.type === 'applicant-reminded') return { ...nothing, answerBy: wall(cause.data.answerDueAt) };
  if (cause.type === 'dossier-supplement-requested') {
    const { components, answerDueAt } = cause.data;
    return { ...nothing, papers: components.map(writing.paper), answerBy: wall(answerDueAt) };
  }
  if (cause.type === 'dossier-payment-requested') {
    const { amountMinor, currency, answerDueAt } = cause.data;
    return { ...nothing, amount: writing.money(amountMinor, currency), answerBy: wall(answerDueAt) };
  }
  return nothing;
}
