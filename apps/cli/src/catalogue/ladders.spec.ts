import { parseWorkCalendar, type WorkCalendar } from '#calendar';
import { stopReasons, type StopReason } from '#contracts';
import {
  after,
  begun,
  decide,
  decideReceive,
  decideSubmit,
  dueBefore,
  parseProcedureVersion,
  type Act,
  type Command,
  type Dossier,
  type Fact,
  type ProcedureVersion,
} from '#domain';
import { contentOf, shippedFiles } from './files';

/* Escalation rules that are stored and never run are a known way to lose them: every rung that is shipped has a caller. */

const calendars = contentOf(shippedFiles('calendar')).calendars as readonly object[];
const whole = calendars.filter((one) => !('inherits' in one)).map(parseWorkCalendar);
const procedures = contentOf(shippedFiles('procedure')).procedures.map(parseProcedureVersion);
const lan = { officialId: 'lan', postId: 'clerk', officeId: 'desk' };
const dossierId = '01932c8e-7c00-7000-8000-0000000000aa';
const monday = '2026-03-02T02:00:00.000Z';
const muchLater = '2027-12-20T00:00:00.000Z';

function calendarOf({ calendarId }: ProcedureVersion): WorkCalendar {
  const calendar = whole.find(({ id }) => id === calendarId);
  if (!calendar) throw new RangeError(`No calendar ${calendarId} is shipped.`);
  return calendar;
}

function actOf(procedure: ProcedureVersion, occurredAt = monday): Act {
  const calendar = calendarOf(procedure);
  return { actor: lan, occurredAt, procedure, calendar, presentCalendar: calendar, wakeAt: (instant) => instant };
}

function received(procedure: ProcedureVersion): Dossier {
  const command = { dossierId, code: 'H41-1', officeId: 'desk', channel: 'desk', holder: lan } as const;
  return begun(decideReceive({ ...command, given: null, predecessor: null }, actOf(procedure)));
}

function submitted(procedure: ProcedureVersion): Dossier {
  return begun(decideSubmit({ dossierId, officeId: 'desk', channel: 'online', holder: lan }, actOf(procedure)));
}

function commanded(dossier: Dossier, command: Command, procedure: ProcedureVersion): Dossier {
  return decide(dossier, command, actOf(procedure)).reduce(after, dossier);
}

/** What happens to a dossier that everybody forgets. */
function forgotten(dossier: Dossier, procedure: ProcedureVersion): readonly Fact[] {
  const recording = {
    actor: lan,
    recordedBy: 'clock',
    findAddressee: () => lan,
    timekeeping: actOf(procedure),
  } as const;
  return dueBefore(dossier, muchLater, recording);
}

const computed = procedures.filter(({ serviceLevel }) => serviceLevel.kind === 'computed');

test.each(computed.map((procedure) => [`${procedure.code} ${procedure.name}`, procedure] as const))(
  '%s: each rung that can fall due is recorded, in its time',
  (_, procedure) => {
    const { steps, ladder } = procedure.serviceLevel;
    const limited = steps.filter(({ limit }) => limit !== null);
    const lives = [
      submitted(procedure),
      received(procedure),
      ...limited.map(({ code: step }) =>
        commanded(received(procedure), { name: 'hand-over', to: { ...lan, officialId: 'minh' }, step }, procedure),
      ),
    ];
    const rang = lives
      .flatMap((dossier) => forgotten(dossier, procedure))
      .map(({ data }) => (data as { rung?: string }).rung);

    const owed = ladder.filter(({ of }) => lives.some(({ due }) => due[of] !== null)).map(({ name }) => name);
    expect([...new Set(rang)].sort()).toEqual([...owed].sort());
    expect(owed.length).toBeGreaterThan(0);
  },
);

test.each(computed.map((procedure) => [`${procedure.code} ${procedure.name}`, procedure] as const))(
  '%s: an asked body’s silence that is consent is recorded at its instant, also while the clock stands still',
  (_, procedure) => {
    const asked = commanded(received(procedure), silentBody, procedure);
    const { dueAt, opinionId } = asked.opinions[0]!;

    for (const dossier of [asked, commanded(asked, asks['other-body'], procedure)]) {
      const presumed = forgotten(dossier, procedure).filter(({ type }) => type === 'opinion-presumed');
      expect(presumed).toMatchObject([{ time: dueAt, data: { opinionId } }]);
    }
  },
);

const silentBody: Command = {
  name: 'request-opinion',
  opinionId: '01932c8e-7c00-7000-8000-0000000000cc',
  asked: { ...lan, officialId: 'tam', officeId: 'tax' },
  limit: { amount: 1, unit: 'WORKING_HOUR' },
  until: null,
  questionCode: 'land-tax',
  legalBasis: 'Decree',
  onSilence: 'consent',
};

const asks: Readonly<Record<StopReason, Command>> = {
  supplement: { name: 'request-supplement', reasonCode: 'missing', components: [], legalBasis: null, approvedBy: null },
  payment: { name: 'request-payment', amountMinor: 1, currency: 'VND' },
  'other-body': { name: 'suspend', reasonCode: 'opinion' },
};
const limitedWaits = computed.flatMap((procedure) =>
  stopReasons.flatMap((reason) =>
    procedure.serviceLevel.waits[reason] ? [[procedure.code, reason, procedure] as const] : [],
  ),
);

test.each(limitedWaits)(
  '%s: the limit of %s is kept by the engine, to the act that follows on silence',
  (_, reason, procedure) => {
    const wait = procedure.serviceLevel.waits[reason];
    const types = forgotten(commanded(received(procedure), asks[reason], procedure), procedure).map(({ type }) => type);

    expect(types.includes('applicant-reminded')).toBe(wait?.remind !== null);
    expect(types.includes('dossier-stopped')).toBe(wait?.onSilence === 'stop');
    expect(types.includes('consent-presumed')).toBe(wait?.onSilence === 'consent');
  },
);
