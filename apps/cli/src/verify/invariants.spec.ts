import { createHash } from 'node:crypto';
import {
  dataSchemaOf,
  type Deadlines,
  type DossierEvent,
  type DossierEventData,
  type DossierEventType,
  type PostHolder,
} from '#contracts';
import { dossierFrom, nextRungAt, type Fact } from '#domain';
import type { AlertRow, Evidence, JournalRow } from './evidence';
import { decideInvariants } from './invariants';

const lan: PostHolder = { officialId: 'lan', postId: 'clerk', officeId: 'vinh-desk' };
const minh: PostHolder = { officialId: 'minh', postId: 'surveyor', officeId: 'vinh-land' };
const huong: PostHolder = { officialId: 'huong', postId: 'head', officeId: 'vinh-land' };
const clock: PostHolder = { officialId: 'service:clock', postId: 'service:clock', officeId: 'service:clock' };

const returned = 'dossier-returned-late';
const open = 'dossier-answered-in-time';

/** The journal of one dossier, with the envelope and hashes that `desk` gives. */
class Book {
  readonly events: DossierEvent[] = [];

  constructor(private readonly dossierId: string) {}

  write<Type extends DossierEventType>(type: Type, hours: number, data: DossierEventData[Type]): void {
    const sequence = this.events.length + 1;
    const fact = { type, subject: this.dossierId, sequence, time: hour(hours), data } as Fact;
    const nextRung = nextRungAt(dossierFrom([...this.events, fact]));
    const previous = this.events.at(-1);
    const event = {
      ...fact,
      specversion: '1.0',
      id: `${this.dossierId}-${sequence}`,
      source: '/motcua/desk',
      datacontenttype: 'application/json',
      dataschema: dataSchemaOf(type),
      recordedat: `2026-11-23T06:0${sequence}:00.000Z`,
      ...(previous && { previoushash: hashOf(bodyOf(previous)) }),
      ...(nextRung !== null && { nextrungat: nextRung }),
    };
    this.events.push(event as DossierEvent);
  }
}

/** Two dossiers, known everywhere alike, so that a violation can be planted in any one place. */
const sound = evidenceOf(new Map([returnedLate(), answeredInTime()]));

test('of a sound office every invariant holds, and each has looked at something', () => {
  const verdicts = decideInvariants(sound);

  expect(verdicts.filter(({ offenders }) => offenders.length > 0)).toEqual([]);
  expect(verdicts.filter(({ checked }) => checked === 0)).toEqual([]);
});

test('an ended dossier that Temporal has forgotten after it was told is sound', () => {
  const forgotten = decideInvariants({ ...sound, workflows: workflows(null, 'RUNNING') });

  expect(forgotten.filter(({ offenders }) => offenders.length > 0)).toEqual([]);
});

test('it is said who recorded the rungs, and how late', () => {
  const note = decideInvariants(sound).find(({ id }) => id === 'I8')?.note;

  expect(note).toMatch(
    /^recorded by clock 2 \(late by .* s at the median, .* s at most\), by command 0, by watchdog 0$/,
  );
});

test('what is told of an entry journalled after all the rest was read is sound; of one that never was it is not', () => {
  const sequence = sound.told.filter(({ stream }) => stream === open).length + 1;
  const later = { stream: open, sequence, hash: 'of a later entry' };
  const told = [...sound.told, later];
  const offenders = (evidence: Evidence) => decideInvariants(evidence).flatMap((verdict) => verdict.offenders);

  expect(offenders({ ...sound, told, journalledSince: [later] })).toEqual([]);
  expect(offenders({ ...sound, told })).toEqual([`${open}: ${sequence} told with other bytes`]);
});

type Plant = readonly [what: string, says: string, offender: string | RegExp, plant: Partial<Evidence>];

const plants: readonly Plant[] = [
  ['an act whose answer was not kept', 'I2 every act', /no answer is kept/, { answers: sound.answers.slice(1) }],
  [
    'an answer kept for no act',
    'I2 every act',
    /an answer to no act/,
    { answers: [...sound.answers, { dossierId: open, sequence: 9 }] },
  ],
  [
    'an act that was answered twice',
    'I2 every act',
    /answered twice/,
    { answers: [...sound.answers, ...sound.answers.slice(0, 1)] },
  ],
  [
    'an entry taken out of a stream',
    'I3 entries',
    /3 where 2 belongs/,
    { journal: without(sound.journal, returned, 2) },
  ],
  ['a feed position left out', 'I3 feed', 'position 6', { feed: sound.feed.filter(({ position }) => position !== 5) }],
  ['an entry without a place in the feed', 'I3 feed', '1 entries without a place', { feed: sound.feed.slice(0, -1) }],
  ['an entry that was never told', 'I4', `${open}: 2 never told`, { told: without(sound.told, open, 2) }],
  ['entries told in the wrong order', 'I4', /told after/, { told: [...sound.told].reverse() }],
  ['an entry told with other bytes', 'I4', /other bytes/, { told: changed(sound.told, returned, { hash: 'another' }) }],
  [
    'an entry the clock has not heard',
    'I5 clock',
    /heard 1 of/,
    { clock: changed(sound.clock, open, { sequence: 1 }) },
  ],
  ['a dossier the clock has never heard of', 'I5 clock', /heard 0 of/, { clock: sound.clock.slice(1) }],
  [
    'a chain the oversight heard otherwise',
    'I5 oversight',
    returned,
    { oversight: changed(sound.oversight, returned, { hash: 'x' }) },
  ],
  [
    'an ended dossier whose workflow runs',
    'I6',
    /ended, workflow RUNNING/,
    { workflows: workflows('RUNNING', 'RUNNING') },
  ],
  [
    'an open dossier whose workflow closed',
    'I6',
    /workflow COMPLETED/,
    { workflows: workflows('COMPLETED', 'COMPLETED') },
  ],
  [
    'an ended dossier that Temporal was never told of',
    'I6',
    /ended, workflow unknown/,
    { workflows: workflows(null, 'RUNNING'), clock: changed(sound.clock, returned, { told: 1 }) },
  ],
  ['an open dossier without a workflow', 'I6', /workflow unknown/, { workflows: workflows('COMPLETED', null) }],
  [
    'a rung that fell due and was not recorded',
    'I7',
    /1\/late fell due unmet/,
    { events: entriesWithout(returned, 'dossier-escalated') },
  ],
  [
    'a rung that was answered and stays on record',
    'I7',
    /had been answered/,
    { events: entriesWithout(open, 'escalation-withdrawn') },
  ],
  ['a rung recorded twice', 'I7', /1\/late is on record twice/, { events: escalatedTwice() }],
  ['an escalation recorded before its instant', 'I8', /late recorded at/, { events: recordedEarly() }],
  [
    'an interval nobody was responsible in',
    'I9',
    returned,
    { ledger: changed(sound.ledger, returned, { until: '2026-11-23T01:30:00.000Z' }) },
  ],
  ['an interval of responsibility that is missing', 'I9', returned, { ledger: sound.ledger.slice(1) }],
  [
    'working time changed in the ledger',
    'I10',
    /responsibility ledger/,
    { ledger: changed(sound.ledger, returned, { workingMs: 1 }) },
  ],
  ...(
    [
      ['responsible official', { responsibleId: 'lan' }],
      ['person told', { addresseeId: null }],
      ['recorder', { recordedBy: 'command' }],
      ['instant', { dueAt: '2026-11-23T05:00:00.000Z' }],
      ['standing', { withdrawn: true }],
    ] as const
  ).map(([what, change]): Plant => [
    `the ${what} changed in the ledger of escalations`,
    'I10',
    /escalation ledger/,
    { escalations: changed(sound.escalations, returned, change) },
  ]),
  [
    'an opinion in its ledger that nobody asked for',
    'I10',
    /ledger of opinions/,
    {
      opinions: [{ opinionId: 'of-nobody', dossierId: open, officeId: 'vinh-land', dueAt: hour(4), answered: false }],
    },
  ],
  [
    'an entry whose bytes were changed',
    'I12',
    `${returned}: entry 1`,
    { journal: rewritten((body) => body.replace('lan', 'hoa')) },
  ],
  [
    'a chain that is interrupted',
    'I12',
    `${returned}: entry 2`,
    { journal: changed(sound.journal, returned, { previousHash: null }, 2) },
  ],
  [
    'a receipt that is listed nowhere',
    'I13',
    /received 2 is not settled 0 \+ open 1/,
    { dossiers: sound.dossiers.slice(1) },
  ],
  [
    'a listed code without a receipt',
    'I13',
    /received 1 is not settled 1 \+ open 1/,
    { journal: without(sound.journal, open, 1) },
  ],
  [
    'a dossier listed as settled that has not ended',
    'I13',
    '2 listed as settled, 1 ended',
    { dossiers: changed(sound.dossiers, open, { endedAt: '2026-11-24T01:00:00.000Z' }) },
  ],
  ['a dossier that is not listed', 'I13', /1 dossiers listed, 2 journalled/, { dossiers: sound.dossiers.slice(1) }],
  [
    'a listed status that no entry made',
    'I14 every dossier',
    returned,
    { dossiers: changed(sound.dossiers, returned, { status: 'stopped' }) },
  ],
  [
    'a listed dossier without an entry',
    'I14 every dossier',
    /listed, not journalled/,
    { dossiers: changed(sound.dossiers, open, { dossierId: 'nowhere' }) },
  ],
  [
    'an escalation without an alert',
    'I14 every standing',
    /0 alerts for 1 escalations/,
    { alerts: without<AlertRow>(sound.alerts, returned) },
  ],
  [
    'an alert for a withdrawn escalation',
    'I14 every standing',
    /1 alerts for 0/,
    { alerts: changed(sound.alerts, open, { withdrawn: false }) },
  ],
  [
    'a notice whose outcome is no entry',
    'I14 every notice',
    /is no entry/,
    { journal: without(sound.journal, 'notices') },
  ],
  [
    'a notice whose outcome was changed',
    'I14 every notice',
    /"received" failed \(notices 1\): is no entry/,
    { notices: changed(sound.notices, returned, { state: 'failed' }) },
  ],
  ['an entry of a notice that nobody knows', 'I14 every notice', /is an entry of no notice/, { notices: [] }],
  [
    'a notice without a cause',
    'I14 every notice',
    `${returned}: entry 1 causes no "ready"`,
    { notices: changed(sound.notices, returned, { kind: 'ready' }) },
  ],
  [
    'a notice of a letter that nobody wrote',
    'I14 every notice',
    `${returned}: entry 2 causes no "message"`,
    { notices: changed(sound.notices, returned, { kind: 'message', causeSequence: 2 }) },
  ],
  [
    'a letter that was changed afterwards',
    'I14 every letter',
    /sealed as bbbbbbbbbbbb: is no entry/,
    { messages: changed(sound.messages, returned, { sealedHash: 'b'.repeat(64) }) },
  ],
  ['a letter that is gone', 'I14 every letter', /is not kept as it was entered/, { messages: [] }],
  [
    'a correction of an e-form whose answers are gone',
    'I14 every corrected e-form',
    `${open}: e-form of entry 5 sealed as aaaaaaaaaaaa: is not kept as it was entered`,
    { events: withCorrectedEForm() },
  ],
  [
    'corrected answers that were changed afterwards',
    'I14 every corrected e-form',
    `${open}: e-form of entry 5 sealed as bbbbbbbbbbbb: is no entry`,
    { events: withCorrectedEForm(), eForms: [{ dossierId: open, sequence: 5, sealedHash: 'b'.repeat(64) }] },
  ],
  ['an entry the relay left', 'I15', '1 entries wait for the relay', { unfed: 1 }],
  ['a dead letter', 'I15', '1 dead letters', { deadLetters: 1 }],
  ['a stream that is blocked', 'I15', `${open}: blocked`, { clock: changed(sound.clock, open, { blocked: true }) }],
  ['a rung that waits too long', 'I15', `${open}: a rung waits for its entry`, { rungsWaiting: [open] }],
  ['an act without an office', 'I17', `${returned}: entry 1 has no actor in a post`, { events: actedNowhere() }],
];

test.each(plants)('%s is found', (_what, says, offender, plant) => {
  expect(offendersOf(says, sound)).toEqual([]);
  expect(offendersOf(says, { ...sound, ...plant })).toContainEqual(expect.stringMatching(offender));
});

describe('a planned date that passed unkept', () => {
  const told = {
    actor: clock,
    generation: 1,
    of: 'legalDueAt',
    responsible: lan,
    addressee: huong,
    recordedBy: 'clock',
  } as const;
  const rungAt = (name: string, hours: number) =>
    ({ name, of: 'legalDueAt', dueAt: hour(hours), wakeAt: hour(hours), tell: 'head-of-office' }) as const;

  /** Late at two, promised for five, broken; the rung at four was silenced, that at six rang. */
  function promised(rang: readonly [string, number][]): Evidence {
    const book = new Book(open);
    const ladder = [rungAt('late', 2), rungAt('later', 4), rungAt('latest', 6)];
    const due = { ...deadlines(hour(2)), schedule: { generation: 1, rungs: ladder } };
    book.write('dossier-received', 1, receipt('H41.16-261123-0002', due));
    book.write('dossier-escalated', 2, { ...told, rung: 'late' });
    const promise = rungAt('broken-promise-1', 5);
    const taken = { generation: 1, rung: 'late', plannedAt: hour(5), reasonCode: 'survey', promise };
    book.write('escalation-acknowledged', 3, { actor: huong, ...taken });
    for (const [rung, hours] of rang) book.write('dossier-escalated', hours, { ...told, rung });
    book.write('dossier-suspended', 7, { actor: lan, reasonCode: 'opinion', answerDueAt: null, deadlines: null });
    return { ...sound, events: new Map([[open, book.events]]) };
  }

  test('must have rung, and what it silenced must not', () => {
    expect(
      offendersOf(
        'I7',
        promised([
          ['broken-promise-1', 5],
          ['latest', 6],
        ]),
      ),
    ).toEqual([]);
    expect(offendersOf('I7', promised([['latest', 6]]))).toEqual([
      `${open}: 1/broken-promise-1 fell due unmet and is not on record`,
    ]);
    expect(
      offendersOf(
        'I7',
        promised([
          ['later', 4],
          ['broken-promise-1', 5],
          ['latest', 6],
        ]),
      ),
    ).toEqual([`${open}: 1/later is on record and had been answered`]);
  });
});

describe('a planned date that was kept, or waits with the clock,', () => {
  const of = 'legalDueAt' as const;
  const told = { actor: clock, generation: 1, of, responsible: lan, addressee: huong, recordedBy: 'clock' } as const;
  const at = { dueAt: hour(5), wakeAt: hour(5) };
  const promise = { name: 'broken-promise-1', of, tell: 'head-of-office', ...at } as const;

  function takenUp(): Book {
    const book = new Book(open);
    book.write('dossier-received', 1, receipt('H41.16-261123-0002', deadlines(hour(2))));
    book.write('dossier-escalated', 2, { ...told, rung: 'late' });
    const plan = { generation: 1, rung: 'late', plannedAt: hour(5), reasonCode: 'survey', promise };
    book.write('escalation-acknowledged', 3, { actor: huong, ...plan });
    return book;
  }
  const evidence = (book: Book): Evidence => ({ ...sound, events: new Map([[open, book.events]]) });

  test('accuses nobody', () => {
    const kept = takenUp();
    kept.write('dossier-processed', 4, { actor: lan, result: 'granted' });
    kept.write('dossier-returned', 7, { actor: lan, to: 'applicant', proof: 'signature', released: held(lan, 1, 7) });
    const waits = takenUp();
    waits.write('dossier-suspended', 4, { actor: lan, reasonCode: 'opinion', answerDueAt: null, deadlines: null });
    waits.write('dossier-resumed', 7, {
      actor: lan,
      deadlines: { ...deadlines(hour(9)), schedule: { generation: 2, rungs: [] } },
    });

    expect(offendersOf('I7', evidence(kept))).toEqual([]);
    expect(offendersOf('I7', evidence(waits))).toEqual([]);
  });

  test('that was broken is known by its own wake time', () => {
    const broken = takenUp();
    broken.write('dossier-escalated', 5, { ...told, rung: 'broken-promise-1' });

    expect(offendersOf('I8', evidence(broken)).filter((offender) => offender.includes('no time'))).toEqual([]);
  });
});

test('a lapse that nobody recorded is found, and one before its instant', () => {
  const silence = {
    name: 'supplement-silence',
    of: 'answerDueAt',
    act: 'stop',
    dueAt: hour(5),
    wakeAt: hour(5),
  } as const;
  const awaited = { ...deadlines(hour(9)), schedule: { generation: 2, rungs: [silence] } };
  const asked = (): Book => {
    const book = new Book(open);
    book.write('dossier-received', 1, receipt('H41.16-261123-0002', deadlines(hour(9))));
    const request = { reasonCode: 'missing', components: ['map'], legalBasis: null, approvedBy: null };
    book.write('dossier-supplement-requested', 2, { actor: lan, ...request, answerDueAt: hour(5), deadlines: awaited });
    return book;
  };
  const lapsed = (hours: number): Book => {
    const book = asked();
    const stopped = {
      actor: clock,
      proposedBy: null,
      reasonCode: 'applicant-silent',
      legalBasis: 'Decree',
      released: held(lan, 1, hours),
    };
    book.write('dossier-stopped', hours, stopped);
    return book;
  };
  const forgotten = asked();
  const due = { ...deadlines(hour(9)), schedule: { generation: 3, rungs: [] } };
  forgotten.write('dossier-supplement-received', 6, { actor: lan, deadlines: due });
  const offenders = (book: Book) => offendersOf('I7', { ...sound, events: new Map([[open, book.events]]) });

  expect(offenders(lapsed(5))).toEqual([]);
  expect(offenders(lapsed(4))).toHaveLength(1);
  expect(offenders(forgotten)).toHaveLength(1);
});

describe('a silence that is consent by law', () => {
  const opinionId = '01932c8e-7c00-7000-8000-0000000000cc';
  const silence = {
    name: 'opinion-1-silence',
    opinionId,
    act: 'presume-opinion',
    dueAt: hour(3),
    wakeAt: hour(3),
  } as const;
  const released = held(lan, 1, 6);

  /** Asked at two, silent at three; then handed over at an hour of its own, and processed at six. */
  function asked({ presumed, handedOver }: { readonly presumed: boolean; readonly handedOver: number }): Evidence {
    const book = new Book(open);
    book.write('dossier-received', 1, receipt('H41.16-261123-0002', deadlines(hour(9))));
    book.write('opinion-requested', 2, {
      actor: lan,
      opinionId,
      asked: minh,
      dueAt: hour(3),
      questionCode: 'land-tax',
      legalBasis: 'Decree',
      onSilence: 'consent',
      silence,
    });
    if (presumed) {
      const data = { actor: clock, opinionId, asked: minh, legalBasis: 'Decree', recordedBy: 'clock' } as const;
      book.write('opinion-presumed', 3, data);
    }
    const to = { to: minh, step: null, awaitsAcceptance: false, deadlines: null };
    book.write('dossier-handed-over', handedOver, { actor: lan, released, ...to });
    book.write('dossier-processed', 6, { actor: minh, result: 'granted' });
    return { ...sound, events: new Map([[open, book.events]]) };
  }

  test('must be on record where anything happened after it', () => {
    expect(offendersOf('I7', asked({ presumed: true, handedOver: 5 }))).toEqual([]);
    expect(offendersOf('I7', asked({ presumed: false, handedOver: 5 }))).toEqual([
      `${open}: opinion-1-silence fell due unmet and is not on record`,
    ]);
  });

  test('stands, whatever of before it is recorded only later', () => {
    expect(offendersOf('I7', asked({ presumed: true, handedOver: 2 }))).toEqual([]);
  });

  test('is not presumed before its instant', () => {
    const early = asked({ presumed: true, handedOver: 5 });
    const events = early.events
      .get(open)!
      .map((event) =>
        event.type === 'opinion-requested'
          ? { ...event, data: { ...event.data, silence: { ...silence, wakeAt: '2026-11-23T09:00:00.000Z' } } }
          : event,
      );

    expect(offendersOf('I8', { ...early, events: new Map([[open, events]]) })).toContainEqual(
      expect.stringContaining('opinion-1-silence recorded at'),
    );
  });
});

test('a reminder that the rule prescribes must be on record, and is no escalation', () => {
  const waiting = (reminded: boolean): Evidence => {
    const book = new Book(open);
    book.write('dossier-received', 1, receipt('H41.16-261123-0002', deadlines(hour(9))));
    const reminder = {
      name: 'supplement-reminder',
      of: 'answerDueAt',
      act: 'remind',
      dueAt: hour(3),
      wakeAt: hour(3),
    } as const;
    const awaited = { ...deadlines(hour(9)), schedule: { generation: 2, rungs: [reminder] } };
    const request = { reasonCode: 'missing', components: ['map'], legalBasis: null, approvedBy: null };
    book.write('dossier-supplement-requested', 2, { actor: lan, ...request, answerDueAt: hour(5), deadlines: awaited });
    const done = { actor: clock, generation: 2, rung: 'supplement-reminder', recordedBy: 'clock' } as const;
    if (reminded) book.write('applicant-reminded', 3, { ...done, answerDueAt: hour(5) });
    book.write('dossier-supplement-received', 4, {
      actor: lan,
      deadlines: { ...deadlines(hour(9)), schedule: { generation: 3, rungs: [] } },
    });
    return { ...sound, events: new Map([[open, book.events]]) };
  };

  expect(offendersOf('I7', waiting(true))).toEqual([]);
  expect(offendersOf('I7', waiting(false))).toEqual([
    `${open}: 2/supplement-reminder fell due unmet and is not on record`,
  ]);
});

test('of every invariant a violation was planted', () => {
  const planted = plants.map(([, says]) => says);
  const untried = decideInvariants(sound)
    .map(verdictName)
    .filter((name) => !planted.some((says) => name.startsWith(says)));

  expect(untried).toEqual([]);
});

/** The offenders of the one verdict whose id and sentence begin so. */
function offendersOf(says: string, evidence: Evidence): readonly string[] {
  const [verdict, ...more] = decideInvariants(evidence).filter((one) => verdictName(one).startsWith(says));
  if (!verdict || more.length > 0) throw new RangeError(`"${says}" names no or several invariants.`);
  return verdict.offenders;
}

function verdictName({ id, says }: { readonly id: string; readonly says: string }): string {
  return `${id} ${says}`;
}

/** Received, handed over, late, returned after all. */
function returnedLate(): [string, readonly DossierEvent[]] {
  const book = new Book(returned);
  book.write('dossier-received', 1, receipt('H41.16-261123-0001', deadlines('2026-11-23T04:00:00.000Z')));
  book.write('dossier-handed-over', 2, {
    actor: lan,
    released: held(lan, 1, 2),
    to: minh,
    step: null,
    awaitsAcceptance: true,
    deadlines: null,
  });
  book.write('dossier-escalated', 4, escalated());
  book.write('dossier-returned', 5, { actor: minh, to: 'applicant', proof: 'signature', released: held(minh, 2, 5) });
  return [returned, book.events];
}

/** Escalated because news of the request for a supplement came late; the escalation is withdrawn, the dossier waits. */
function answeredInTime(): [string, readonly DossierEvent[]] {
  const book = new Book(open);
  const request = { reasonCode: 'missing', components: ['map'], legalBasis: null, approvedBy: null };
  book.write('dossier-received', 1, receipt('H41.16-261123-0002', deadlines('2026-11-23T04:00:00.000Z')));
  book.write('dossier-escalated', 4, { ...escalated(), responsible: lan });
  book.write('escalation-withdrawn', 3, { actor: clock, generation: 1, rung: 'late', reason: 'answered' });
  book.write('dossier-supplement-requested', 3, { actor: lan, ...request, answerDueAt: null, deadlines: null });
  return [open, book.events];
}

function receipt(code: string, due: Deadlines): DossierEventData['dossier-received'] {
  return {
    actor: lan,
    code,
    procedureCode: '1.004203',
    procedureVersion: 1,
    officeId: 'vinh-desk',
    helpedByOfficeId: null,
    decidingOfficeId: 'vinh-desk',
    channel: 'desk',
    holder: lan,
    clockStartedAt: hour(1),
    clockStops: [],
    released: null,
    successorOf: null,
    takenOver: false,
    takenOverFrom: null,
    answerDueAt: null,
    stoppedRungs: [],
    deadlines: due,
  };
}

function deadlines(dueAt: string): Deadlines {
  const due = { acceptanceDueAt: null, stepDueAt: null, appointmentAt: null, legalDueAt: dueAt };
  const late = { name: 'late', of: 'legalDueAt', dueAt, wakeAt: dueAt, tell: 'head-of-office' } as const;
  return { due, calendar: 'vn/1', schedule: { generation: 1, rungs: [late] } };
}

function escalated(): DossierEventData['dossier-escalated'] {
  const found = { generation: 1, rung: 'late', of: 'legalDueAt', recordedBy: 'clock' } as const;
  return { actor: clock, ...found, responsible: minh, addressee: huong };
}

function held(holder: PostHolder, from: number, until: number) {
  return { ...holder, from: hour(from), until: hour(until), workingMs: (until - from) * 3_600_000 };
}

function hour(hours: number): string {
  return `2026-11-23T0${hours}:00:00.000Z`;
}

function bodyOf(event: object): string {
  return JSON.stringify(event);
}

function hashOf(body: string): string {
  return createHash('sha256').update(body).digest('hex');
}

function journalRow(event: DossierEvent): JournalRow {
  const { subject, sequence, type, time, recordedat, previoushash } = event;
  const body = bodyOf(event);
  const instants = { occurredAt: time, recordedAt: recordedat };
  return { stream: subject, sequence, type, ...instants, body, hash: hashOf(body), previousHash: previoushash ?? null };
}

/** What the organisation's stream begins with: an entry that no command is answered for. */
function organisationRow(): JournalRow {
  const [stream, type] = ['organisation', 'organisation-loaded'];
  const body = bodyOf({ subject: stream, sequence: 1, type });
  const instants = { occurredAt: hour(0), recordedAt: hour(0) };
  return { stream, sequence: 1, type, ...instants, body, hash: hashOf(body), previousHash: null };
}

/** That the applicant was told of the first dossier's receipt. */
function noticeRow(): JournalRow {
  const [stream, type] = ['notices', 'applicant-notified'] as const;
  const told = { dossierId: returned, causeSequence: 1, kind: 'received', by: 'phone', outcome: 'sent' };
  const body = bodyOf({ subject: stream, sequence: 1, type, data: { ...told, attempts: 1, reasonCode: null } });
  const instants = { occurredAt: hour(0), recordedAt: hour(0) };
  return { stream, sequence: 1, type, ...instants, body, hash: hashOf(body), previousHash: null };
}

/** A letter of the office to the first dossier's applicant. */
function letter() {
  return { dossierId: returned, messageId: 'm', sealedHash: 'a'.repeat(64) };
}

function messageRow(): JournalRow {
  const [stream, type] = ['messages', 'message-exchanged'] as const;
  const author = { officialId: 'lan', postId: 'clerk', officeId: 'centre' };
  const body = bodyOf({ subject: stream, sequence: 1, type, data: { ...letter(), author } });
  const instants = { occurredAt: hour(0), recordedAt: hour(0) };
  return { stream, sequence: 1, type, ...instants, body, hash: hashOf(body), previousHash: null };
}

/** What a running system that does everything right says of these dossiers. */
function evidenceOf(events: ReadonlyMap<string, readonly DossierEvent[]>): Evidence {
  const all = [...events.values()].flat();
  const journal = [organisationRow(), ...all.map(journalRow), noticeRow(), messageRow()];
  const feed = journal.map(({ stream, sequence }, index) => ({ position: index + 1, stream, sequence }));
  const heard = [...events].map(([stream, history]) => ({ ...endOf(journal, stream, history), blocked: false }));
  return {
    journal,
    events,
    feed,
    unfed: 0,
    dossiers: [...events].map(([dossierId, history]) => dossierRow(dossierId, history, journal)),
    ledger: all.flatMap((event) =>
      'released' in event.data && event.data.released ? [{ dossierId: event.subject, ...event.data.released }] : [],
    ),
    escalations: escalationRows(),
    answers: [...events].flatMap(([dossierId, history]) =>
      history.filter(({ data }) => data.actor !== clock).map(({ sequence }) => ({ dossierId, sequence })),
    ),
    opinions: [],
    clock: heard.map((row) => ({ ...row, told: row.sequence })),
    oversight: heard,
    alerts: escalationRows().map(({ dossierId, generation, rung, withdrawn }) => ({
      dossierId,
      generation,
      rung,
      withdrawn,
    })),
    notices: [{ dossierId: returned, causeSequence: 1, kind: 'received', state: 'sent', entrySequence: 1 }],
    messages: [{ ...letter(), entrySequence: 1 }],
    eForms: [{ dossierId: returned, sequence: 1, sealedHash: 'a'.repeat(64) }],
    told: journal.map(({ stream, sequence, hash }) => ({ stream, sequence, hash })),
    workflows: workflows('COMPLETED', 'RUNNING'),
    deadLetters: 0,
    rungsWaiting: [],
    journalledSince: [],
  };
}

function endOf(journal: readonly JournalRow[], stream: string, { length }: readonly DossierEvent[]) {
  const end = journal.find((row) => row.stream === stream && row.sequence === length);
  return { stream, sequence: length, hash: end?.hash ?? '' };
}

function dossierRow(dossierId: string, history: readonly DossierEvent[], journal: readonly JournalRow[]) {
  const state = dossierFrom(history);
  const { sequence, hash } = endOf(journal, dossierId, history);
  const { code, status, endedAt } = state;
  return { dossierId, state, code, status, endedAt, lastSequence: sequence, lastHash: hash };
}

function escalationRows(): Evidence['escalations'] {
  const late = { generation: 1, rung: 'late', dueAt: hour(4), addresseeId: 'huong', recordedBy: 'clock' };
  return [
    { ...late, dossierId: returned, responsibleId: 'minh', withdrawn: false },
    { ...late, dossierId: open, responsibleId: 'lan', withdrawn: true },
  ];
}

function workflows(
  ofReturned: 'COMPLETED' | 'RUNNING' | null,
  ofOpen: 'COMPLETED' | 'RUNNING' | null,
): Evidence['workflows'] {
  return new Map([
    [returned, ofReturned],
    [open, ofOpen],
  ]);
}

interface Row {
  readonly stream?: string;
  readonly dossierId?: string;
  readonly sequence?: number;
}

/** True for the rows of a dossier, or for the one of an entry. */
function isOf(row: Row, dossierId: string, sequence?: number): boolean {
  return (row.stream ?? row.dossierId) === dossierId && (sequence === undefined || row.sequence === sequence);
}

function without<T extends Row>(rows: readonly T[], dossierId: string, sequence?: number): readonly T[] {
  return rows.filter((row) => !isOf(row, dossierId, sequence));
}

/** The rows, the first of the dossier (or that of the entry) changed. */
function changed<T extends Row>(
  rows: readonly T[],
  dossierId: string,
  change: Partial<T>,
  sequence?: number,
): readonly T[] {
  const at = rows.findIndex((row) => isOf(row, dossierId, sequence));
  return rows.map((row, index) => (index === at ? { ...row, ...change } : row));
}

function rewritten(rewrite: (body: string) => string): Evidence['journal'] {
  const body = rewrite(sound.journal.find(({ stream }) => stream === returned)?.body ?? '');
  return changed(sound.journal, returned, { body });
}

function withHistory(
  dossierId: string,
  change: (history: readonly DossierEvent[]) => readonly DossierEvent[],
): Evidence['events'] {
  return new Map([...sound.events].map(([id, history]) => [id, id === dossierId ? change(history) : history]));
}

function entriesWithout(dossierId: string, type: DossierEventType): Evidence['events'] {
  return withHistory(dossierId, (history) => history.filter((event) => event.type !== type));
}

function escalatedTwice(): Evidence['events'] {
  return withHistory(returned, (history) =>
    history.flatMap<DossierEvent>((event) => (event.type === 'dossier-escalated' ? [event, event] : [event])),
  );
}

function recordedEarly(): Evidence['events'] {
  return withHistory(returned, (history) =>
    history.map((event) => (event.type === 'dossier-escalated' ? { ...event, recordedat: hour(3) } : event)),
  );
}

function actedNowhere(): Evidence['events'] {
  return withHistory(returned, ([first, ...rest]) => {
    if (first?.type !== 'dossier-received') return rest;
    return [{ ...first, data: { ...first.data, actor: { ...lan, officeId: '' } } }, ...rest];
  });
}

function withCorrectedEForm(): Evidence['events'] {
  return withHistory(open, (history) => {
    const [last] = history.slice(-1);
    if (!last) return history;
    const eForm = { procedureCode: 'p', procedureVersion: 1, sealedHash: 'a'.repeat(64) };
    const said = { field: 'eForm', oldValue: null, newValue: null, eForm, reasonCode: 'typo' } as const;
    const data = { actor: lan, proposedBy: null, ...said };
    return [...history, { ...last, type: 'dossier-corrected', sequence: last.sequence + 1, data }];
  });
}
