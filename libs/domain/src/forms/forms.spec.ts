import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { at, actAt, calendar, head, lan, Life, minh, procedure as plain } from '../../test/office';
import { randomLives } from '../../test/lives';
import {
  apologyDraft,
  draftedApology,
  entryOfForm,
  FieldInvalid,
  formOf,
  formsMadeBy,
  parseOrganisation,
  parseReasons,
  requireExplained,
  type Command,
  type EntryFormKind,
  type Form,
  type ProcedureVersion,
  type Regulation,
  type ServiceLevel,
} from '../index';
import { FormNotMade, FormNotOfRegulation, ReasonUnexplained } from './form-errors';
import { entryFormKinds, formKinds, formNumber, regulationAt, regulations, type FormKind } from './kinds';

const shipped = JSON.parse(
  readFileSync(join(__dirname, '../../../../catalogue/reasons/reasons.json'), 'utf8'),
) as readonly { readonly code: string }[];
const reasons = parseReasons(shipped);

const inWords = (vi: string, en: string, de: string) => ({ vi, en, de });
const procedure: ProcedureVersion = {
  ...plain,
  description: {
    kind: 'service',
    names: inWords('Đăng ký biến động đất đai', 'Registration of a change', 'Eintragung einer Änderung'),
    field: 'land',
    level: 'commune',
    competentAuthority: 'Ủy ban nhân dân xã',
    legalDocuments: [{ title: 'Luật Đất đai 31/2024/QH15', article: 'Điều 133' }],
    components: [
      { code: 'form', name: inWords('Đơn', 'Form', 'Antrag'), originals: 1, copies: 0, required: true },
      { code: 'map', name: inWords('Bản đồ', 'Map', 'Karte'), originals: 0, copies: 2, required: true },
    ],
    eForm: null,
    checklist: [],
    fee: null,
    result: { name: inWords('Giấy chứng nhận', 'Certificate', 'Bescheinigung') },
    channels: ['desk', 'online'],
    sample: true,
  },
};

const organisation = parseOrganisation({
  offices: [
    { id: 'xa', name: 'UBND xã', parentId: null, headPostId: 'chair', receptionPostId: null, codePrefix: 'H41' },
    { id: 'desk', name: 'Một cửa', parentId: 'xa', headPostId: 'chair', receptionPostId: null, codePrefix: 'H41' },
  ],
  posts: [{ id: 'desk-clerk', officeId: 'desk', name: 'Cán bộ tiếp nhận', roles: ['clerk'] }],
  officials: [
    { id: 'lan', name: 'Nguyễn Thị Lan', email: 'lan@xa.vn' },
    { id: 'minh', name: 'Trần Minh', email: null },
    { id: 'hoa', name: 'Lê Thị Hoa', email: null },
  ],
  tenures: [],
});
const applicant = {
  ...{ name: 'Hồ Văn Tám', address: 'Xóm 3', phone: '0912', email: null, identityNumber: '040' },
};

/** A dossier that was received by the described procedure, with these rules of its own. */
function begun(level: Partial<ServiceLevel> = {}): { readonly life: Life; readonly rule: ProcedureVersion } {
  const rule = { ...procedure, serviceLevel: { ...procedure.serviceLevel, ...level } };
  return { life: Life.received(at('Mon', '08:00'), { procedure: rule }), rule };
}

function made(
  life: Life,
  kind: EntryFormKind,
  options: {
    readonly sequence?: number;
    readonly regulation?: Regulation;
    readonly rule?: ProcedureVersion;
    readonly remark?: string;
    readonly erased?: boolean;
  } = {},
): Form {
  const entry = entryOfForm(kind, life.facts, options.sequence ?? null);
  return formOf(kind, options.regulation ?? null, entry, {
    facts: life.facts,
    procedure: options.rule ?? procedure,
    timeZone: calendar.timeZone,
    organisation,
    applicant: options.erased ? null : applicant,
    eForm: null,
    remarks: options.remark === undefined ? [] : [{ sequence: entry.sequence, text: options.remark }],
    reasons,
  });
}

/** The values of a form by the names of its fields. */
function valuesOf({ fields }: Pick<Form, 'fields'>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    fields.map((one) => [
      one.name,
      one.type === 'table' ? one.value.map((row) => valuesOf({ fields: row })) : one.value,
    ]),
  );
}

const extend = (until: string, change: object = {}): Command => ({
  ...{ name: 'extend', reasonCode: 'survey', until, signedBy: 'hoa', legalBasis: null, approvedBy: null },
  ...change,
});
const askForMap: Command = {
  ...{ name: 'request-supplement', reasonCode: 'document-missing', components: ['map', 'deed'] },
  ...{ legalBasis: null, approvedBy: null },
};

describe('the number of a form', () => {
  test('changed its meaning between the circulars: 05 was the control slip and is the notice of stopping', () => {
    const kindOf = (regulation: Regulation, number: string): FormKind | undefined =>
      formKinds.find((kind) => formNumber(kind, regulation) === number);

    expect(regulations.map((one) => kindOf(one, '05'))).toEqual(['control-slip', 'stop-notice']);
    expect(regulations.map((one) => kindOf(one, '06'))).toEqual(['tracking-book', 'control-slip']);
    expect(regulations.map((one) => kindOf(one, '07'))).toEqual([undefined, 'tracking-book']);
    expect(formNumber('stop-notice', '01/2018/TT-VPCP')).toBeNull();
  });

  test('is that of the circular of the entry’s time, unless another is asked for', () => {
    expect(regulationAt('2025-06-30T16:59:59.999Z')).toBe('01/2018/TT-VPCP');
    expect(regulationAt('2025-06-30T17:00:00.000Z')).toBe('03/2025/TT-VPCP');

    const { life } = begun();
    life.then(at('Tue', '09:00'), extend('2026-11-30'));
    expect(made(life, 'apology')).toMatchObject({ regulation: '03/2025/TT-VPCP', number: '04' });
    expect(made(life, 'apology').title.en).toBe('Apology and proposal to extend the time');
    const older = made(life, 'apology', { regulation: '01/2018/TT-VPCP' });
    expect(older.title.en).toBe('Apology and new appointment');
    expect(valuesOf(older)['legalBasis']).toContain('Thông tư 01/2018/TT-VPCP');
  });
});

describe('the receipt', () => {
  test('says what was handed in, how long it may take and when it is due, in words of each language', () => {
    const { life } = begun();
    const form = made(life, 'receipt');

    expect(form).toMatchObject({ kind: 'receipt', number: '01', sequence: 1, issuedAt: at('Mon', '08:00') });
    expect(form.fields.find(({ name }) => name === 'dueAt')?.label).toEqual(
      inWords('Thời gian trả kết quả', 'Result due at', 'Ergebnis fällig am'),
    );
    expect(valuesOf(form)).toMatchObject({
      agency: 'UBND xã',
      office: 'Một cửa',
      code: 'H41-261123-0001',
      applicantName: 'Hồ Văn Tám',
      applicantEmail: null,
      procedure: procedure.description?.names,
      channel: { en: 'At the desk' },
      components: [
        { component: { vi: 'Đơn' }, originals: 1, copies: 0 },
        { component: { vi: 'Bản đồ' }, originals: 0, copies: 2 },
      ],
      regulatedTime: inWords('3 ngày làm việc', '3 working days', '3 Arbeitstage'),
      receivedAt: at('Mon', '08:00'),
      dueAt: at('Wed', '08:00'),
      author: 'Nguyễn Thị Lan',
      authorPost: 'Cán bộ tiếp nhận',
    });
  });

  test('is made only after the dossier was accepted', () => {
    const life = Life.submitted();
    expect(() => entryOfForm('receipt', life.facts, null)).toThrow(FormNotMade);

    life.then(at('Mon', '10:00'), { name: 'accept', code: 'H41-1', holder: minh });
    expect(entryOfForm('receipt', life.facts, null).sequence).toBe(2);
    expect(() => entryOfForm('receipt', life.facts, 1)).toThrow('Entry 1');
  });

  test('made again later, says what it said', () => {
    const { life } = begun();
    const then = made(life, 'receipt');
    life.then(at('Mon', '09:00'), askForMap).then(at('Wed', '09:00'), { name: 'receive-supplement' });
    life
      .then(at('Wed', '10:00'), extend('2026-12-04'))
      .then(at('Wed', '11:00'), { name: 'hand-over', to: minh, step: null });
    life.then(at('Wed', '12:00'), {
      name: 'correct',
      field: 'channel',
      oldValue: 'desk',
      newValue: 'post',
      reasonCode: 'x',
    });

    expect(made(life, 'receipt')).toEqual(then);
  });

  test('leaves empty who it was for once that was erased', () => {
    const { applicantName, applicantPhone, code } = valuesOf(made(begun().life, 'receipt', { erased: true }));
    expect([applicantName, applicantPhone, code]).toEqual([null, null, 'H41-261123-0001']);
  });
});

test('a request to complete names each paper, the reason, the basis, the stage and whom to ask', () => {
  const { life } = begun();
  life.then(at('Mon', '09:00'), { name: 'hand-over', to: minh, step: 'examine' }).then(at('Mon', '10:00'), askForMap);
  const form = made(life, 'supplement-request');
  life.then(at('Tue', '09:00'), { name: 'receive-supplement' });
  life.then(at('Tue', '09:30'), { name: 'reassign', to: lan, reasonCode: 'absent' });
  const exception = { legalBasis: 'Luật Đất đai, Điều 137', approvedBy: 'hoa', reasonCode: 'document-expired' };
  life.then(at('Tue', '10:00'), { ...askForMap, ...exception });

  expect(valuesOf(form)).toMatchObject({
    missing: [{ component: { en: 'Map' } }, { component: { en: 'deed' } }],
    reason: { en: 'The papers listed below are missing.' },
    legalBasis: ['Nghị định 118/2025/NĐ-CP', 'Thông tư 03/2025/TT-VPCP', 'Luật Đất đai 31/2024/QH15, Điều 133'],
    stage: { en: 'In process (examine)' },
    requestsMade: 1,
    requestsAllowed: 1,
    approvedBy: null,
    contact: 'Trần Minh',
    author: 'Nguyễn Thị Lan',
  });
  expect(made(life, 'supplement-request', { sequence: form.sequence })).toEqual(form);
  const second = valuesOf(made(life, 'supplement-request'));
  expect(second).toMatchObject({
    ...{ requestsMade: 2, approvedBy: 'Lê Thị Hoa', contact: 'Nguyễn Thị Lan', contactEmail: 'lan@xa.vn' },
    reason: { en: 'A paper that was handed in is no longer valid.' },
  });
  expect(second['legalBasis']).toContain('Luật Đất đai, Điều 137');
});

describe('a refusal', () => {
  const refused = (reasonCode: string) => Life.submitted().then(at('Mon', '10:00'), { name: 'refuse', reasonCode });

  test('gives a reason a citizen understands', () => {
    expect(valuesOf(made(refused('not-ours'), 'refusal'))).toMatchObject({
      code: null,
      submittedAt: at('Mon', '08:00'),
      channel: { de: 'Online' },
      reason: { de: 'Die annehmende Behörde ist für die Sache nicht zuständig.' },
    });
  });

  test('never gives a code: what nobody put into words is what was written with it, or there is no form', () => {
    const life = refused('e-1042');
    expect(valuesOf(made(life, 'refusal', { remark: 'Thửa đất thuộc xã khác.' }))['reason']).toEqual(
      inWords('Thửa đất thuộc xã khác.', 'Thửa đất thuộc xã khác.', 'Thửa đất thuộc xã khác.'),
    );
    expect(() => made(life, 'refusal')).toThrow(ReasonUnexplained);
  });
});

describe('an entry whose letter could never be printed', () => {
  const newest = (life: Life) => life.facts.slice(-1);
  const asked = (reasonCode: string) => Life.received().then(at('Mon', '10:00'), { ...askForMap, reasonCode });
  const extended = (reasonCode: string) => begun().life.then(at('Tue', '09:00'), extend('2026-11-30', { reasonCode }));
  const refused = (reasonCode: string) => Life.submitted().then(at('Mon', '10:00'), { name: 'refuse', reasonCode });
  const stopped = (reasonCode: string) => Life.received().then(at('Mon', '10:00'), { name: 'stop', reasonCode });

  test.each([
    ['asks', asked],
    ['extends', extended],
    ['refuses', refused],
    ['stops', stopped],
  ])('is refused when it %s, unless the catalogue or a remark has words for its reason', (_, having) => {
    expect(() => requireExplained(newest(having('e-1042')), reasons, null)).toThrow(
      expect.objectContaining({ code: 'FIELD_INVALID', field: 'reasonCode', rule: expect.stringMatching(/survey/) }),
    );
    expect(() => requireExplained(newest(having('e-1042')), reasons, 'Bằng lời.')).not.toThrow();
    expect(() => requireExplained(newest(having('dispute')), reasons, null)).not.toThrow();
  });

  test('is none that no letter tells of', () => {
    const suspended = Life.received().then(at('Mon', '10:00'), { name: 'suspend', reasonCode: 'e-1042' });

    expect(() => requireExplained(newest(suspended), reasons, null)).not.toThrow();
  });
});

describe('an apology', () => {
  test('says the first due date, the reason, the new date, who signed, and how often it may be and was', () => {
    const { life } = begun();
    const first = life.dossier.firstDue.appointmentAt;
    life.then(at('Tue', '09:00'), extend('2026-11-30'));
    const form = made(life, 'apology');
    life.then(
      at('Fri', '09:00'),
      extend('2026-12-10', { legalBasis: 'Điều 20', approvedBy: 'minh', reasonCode: 'own' }),
    );

    expect(valuesOf(form)).toMatchObject({
      receivedAt: at('Mon', '08:00'),
      firstDueAt: first,
      previousDueAt: first,
      newDueAt: '2026-11-30T10:30:00.000Z',
      reason: { en: 'The survey on site takes more time.' },
      ...{ signer: 'Lê Thị Hoa', extensionsMade: 1, extensionsAllowed: 1, history: [], approvedBy: null },
    });
    expect(made(life, 'apology', { sequence: 2 })).toEqual(form);
    expect(valuesOf(made(life, 'apology', { remark: 'Chờ đo đạc.' }))).toMatchObject({
      ...{ extensionsMade: 2, approvedBy: 'Trần Minh', firstDueAt: first, previousDueAt: '2026-11-30T10:30:00.000Z' },
      history: [{ previousDueAt: first, newDueAt: '2026-11-30T10:30:00.000Z', signer: 'Lê Thị Hoa' }],
    });
  });

  test('after an extension the first due date still counts', () => {
    const { life } = begun();
    const { firstDue } = life.dossier;
    life.then(at('Tue', '09:00'), extend('2026-11-30'));

    expect(life.dossier.firstDue).toEqual(firstDue);
    expect(life.dossier.due.appointmentAt).toBe('2026-11-30T10:30:00.000Z');
  });
});

describe('a draft of an apology', () => {
  const draftAt = (life: Life, time: string, rule = procedure) => apologyDraft(life.dossier, rule, calendar, time);

  test('proposes when the steps left are done, each by its limit', () => {
    const steps = [
      {
        code: 'examine',
        limit: { amount: 20, unit: 'WORKING_HOUR' as const },
        role: null,
        officeRole: null,
        body: null,
        level: null,
      },
      { code: 'survey', limit: null, role: null, officeRole: null, body: null, level: null },
      {
        code: 'sign',
        limit: { amount: 1, unit: 'WORKING_DAY' as const },
        role: null,
        officeRole: null,
        body: null,
        level: null,
      },
    ];
    const { life, rule } = begun({ steps });
    life.then(at('Mon', '08:00'), { name: 'hand-over', to: minh, step: 'examine' }, { procedure: rule });

    // Examined by Wednesday noon (20 hours of 8 a day), signed by the end of Thursday.
    expect(draftAt(life, at('Mon', '10:00'), rule)).toEqual({
      firstAppointmentAt: life.dossier.firstDue.appointmentAt,
      appointmentAt: at('Wed', '08:00'),
      proposedDate: '2026-11-26',
      proposedAt: at('Thu', '17:30'),
      sendBy: at('Tue', '08:00'),
      isInTime: true,
      extensionsMade: 0,
      extensionsAllowed: 1,
      needsException: false,
    });
  });

  test('proposes no earlier than the working day after the appointment, over the weekend too', () => {
    const { life } = begun({ steps: [], appointmentLimit: { amount: 4, unit: 'WORKING_DAY' }, legalLimit: null });
    expect(life.dossier.due.appointmentAt).toBe(at('Fri', '17:30'));

    expect(
      draftAt(life, at('Tue', '10:00'), { ...procedure, serviceLevel: { ...procedure.serviceLevel, steps: [] } }),
    ).toMatchObject({
      proposedDate: '2026-11-30',
      proposedAt: '2026-11-30T10:30:00.000Z',
      sendBy: at('Fri', '07:30'),
    });
  });

  test('says when it is too late for the rule, and never proposes a day that is past', () => {
    const { life } = begun();
    const { appointmentAt } = life.dossier.due;
    expect(appointmentAt).toBe(at('Wed', '08:00'));

    expect(draftAt(life, at('Tue', '08:00'))?.isInTime).toBe(true);
    expect(draftAt(life, '2026-11-24T01:00:00.001Z')?.isInTime).toBe(false);
    const late = draftAt(life, at('Fri', '10:00'));
    expect(late).toMatchObject({ isInTime: false, proposedDate: '2026-11-30' });
  });

  test('is what the head can sign, and says when one more needs an exception', () => {
    const { life } = begun();
    const draft = draftAt(life, at('Tue', '09:00'));
    life.then(at('Tue', '09:00'), extend(draft?.proposedDate ?? ''), { actor: head });

    expect(life.dossier.due.appointmentAt).toBe(draft?.proposedAt);
    expect(draftAt(life, at('Tue', '10:00'))).toMatchObject({ extensionsMade: 1, needsException: true });
  });

  test('is none where no date was promised', () => {
    const { life } = begun({ appointmentLimit: null, legalLimit: null });
    expect(draftAt(life, at('Tue', '09:00'))).toBeNull();
  });

  test('reads as form 04 that nobody signed', () => {
    const { life } = begun();
    const draft = draftAt(life, at('Tue', '09:00'))!;
    const sources = {
      facts: life.facts,
      procedure,
      timeZone: calendar.timeZone,
      organisation,
      applicant,
      eForm: null,
      remarks: [],
      reasons,
    };
    const form = draftedApology(draft, at('Tue', '09:00'), sources);

    expect(form).toMatchObject({
      kind: 'apology',
      number: '04',
      isDraft: true,
      sequence: 1,
      issuedAt: at('Tue', '09:00'),
    });
    expect(valuesOf(form)).toMatchObject({
      ...{ firstDueAt: draft.firstAppointmentAt, newDueAt: draft.proposedAt, reason: null, signer: null },
      ...{ extensionsMade: 1, applicantName: 'Hồ Văn Tám' },
    });
  });
});

describe('a notice of stopping', () => {
  const pays = { refundOnWithdrawal: 'full', refundLegalBasis: 'Luật Phí' } as const;
  const fee = {
    basis: 'issue',
    legalBasis: 'law',
    currency: 'VND',
    collectedAt: 'acceptance',
    amountMinor: 900,
  } as const;
  const paidLife = () => {
    const story = begun(pays);
    const change = { procedure: story.rule };
    story.life
      .then(at('Mon', '09:00'), { name: 'charge-fee', feeId: 'one', ...fee }, change)
      .then(at('Mon', '09:00'), { name: 'charge-fee', feeId: 'two', ...fee, basis: 'copy' }, change)
      .then(
        at('Mon', '09:30'),
        { name: 'pay-fee', feeId: 'one', amountMinor: 900, receiptNumber: '1', method: 'cash' },
        change,
      );
    return { ...story, change };
  };

  test('of a withdrawal says that the applicant asked, when, at which stage, and that the money went back', () => {
    const { life, rule, change } = paidLife();
    life.then(at('Mon', '10:00'), { name: 'hand-over', to: minh, step: 'examine' }, change);
    life.then(at('Mon', '11:00'), { name: 'request-withdrawal' }, change);
    life.then(at('Tue', '09:00'), { name: 'confirm-withdrawal' }, change);

    expect(valuesOf(made(life, 'stop-notice', { rule }))).toMatchObject({
      askedBy: { en: 'The applicant' },
      askedAt: at('Mon', '11:00'),
      stage: { en: 'In process (examine)' },
      decision: { en: 'Withdrawn' },
      decidedAt: at('Tue', '09:00'),
      reason: { en: 'The applicant asked to withdraw the dossier.' },
      money: [
        {
          fee: { vi: 'issue' },
          paid: { amountMinor: 900, currency: 'VND' },
          refunded: { amountMinor: 900 },
          owed: { amountMinor: 0 },
        },
      ],
      refundRule: { en: 'All of it is given back' },
      refundLegalBasis: 'Luật Phí',
    });
  });

  test('of a stop says why, and what was given back', () => {
    const { life, rule, change } = paidLife();
    life.then(at('Mon', '10:00'), { name: 'stop', reasonCode: 'court-order' }, change);

    expect(valuesOf(made(life, 'stop-notice', { rule }))).toMatchObject({
      ...{ askedBy: { de: 'Die Behörde' }, stage: { en: 'Accepted' }, decision: { en: 'Stopped' } },
      reason: { en: 'A court or a competent authority ordered to stop.' },
      money: [{ refunded: { amountMinor: 900 }, owed: { amountMinor: 0 } }],
    });
  });

  test('is no form of 2018', () => {
    const { life, rule, change } = paidLife();
    life.then(at('Mon', '10:00'), { name: 'stop', reasonCode: 'court-order' }, change);

    expect(() => made(life, 'stop-notice', { rule, regulation: '01/2018/TT-VPCP' })).toThrow(FormNotOfRegulation);
  });
});

test('a dossier lists the forms that its entries make, each kind of which can be made', () => {
  const { life } = begun();
  life.then(at('Mon', '09:00'), askForMap).then(at('Tue', '09:00'), { name: 'receive-supplement' });
  life.then(at('Tue', '10:00'), extend('2026-12-04'));
  life.then(at('Tue', '11:00'), { name: 'stop', reasonCode: 'court-order' });
  const listed = formsMadeBy(life.facts);

  expect(listed.map(({ kind, number, sequence }) => [kind, number, sequence])).toEqual([
    ['receipt', '01', 1],
    ['supplement-request', '02', 2],
    ['apology', '04', 4],
    ['stop-notice', '05', 5],
  ]);
  for (const { kind, sequence } of listed) expect(made(life, kind, { sequence })).toMatchObject({ kind, sequence });
  expect(entryFormKinds.filter((kind) => !listed.some((one) => one.kind === kind))).toEqual(['refusal']);
});

test('in any life, a form made at the end is the one that was made with its entry', () => {
  const kinds = new Set<EntryFormKind>();
  fc.assert(
    fc.property(randomLives(), ({ life, timekeeping: { procedure: rule } }) => {
      for (const { kind, sequence } of formsMadeBy(life.facts)) {
        const entry = entryOfForm(kind, life.facts, sequence);
        const remarks = [{ sequence, text: 'In words.' }];
        const rest = {
          procedure: rule,
          timeZone: calendar.timeZone,
          organisation,
          applicant,
          remarks,
          eForm: null,
          reasons,
        };
        const then = formOf(kind, null, entry, { ...rest, facts: life.facts.slice(0, sequence) });
        expect(formOf(kind, null, entry, { ...rest, facts: life.facts })).toEqual(then);
        kinds.add(kind);
      }
    }),
    { numRuns: 100 },
  );
  expect([...kinds].sort()).toEqual([...entryFormKinds].sort());
});

test('a form takes its due instants from its own entry, whatever calendar came later', () => {
  const { life } = begun();
  const then = made(life, 'receipt');
  const moved = { ...calendar, version: '2', days: [{ ...holiday, date: '2026-11-24' }] };
  const command: Command = { name: 'recompute', operationId: 'o', legalBasis: 'Decree' };
  life.then(at('Mon', '10:00'), command, actAt(at('Mon', '10:00'), { presentCalendar: moved }));

  expect(life.dossier.due.appointmentAt).not.toBe(valuesOf(then)['dueAt']);
  expect(made(life, 'receipt')).toEqual(then);
});
const holiday = {
  kind: 'holiday',
  hoursOf: null,
  open: null,
  name: inWords('Nghỉ', 'Free', 'Frei'),
  legalBasis: 'x',
} as const;

describe('the catalogue of reasons', () => {
  test('that is shipped says each reason once, in whole sentences of each language', () => {
    expect(reasons.size).toBeGreaterThan(20);
    for (const text of reasons.values()) {
      expect(Object.keys(text).sort()).toEqual(['de', 'en', 'vi']);
      for (const words of Object.values(text)) expect(words).toMatch(/^\p{Lu}.+\.$/u);
    }
  });

  test.each([
    ['no list', {}],
    ['a code that is none', [{ code: 'No Code', text: inWords('a', 'b', 'c') }]],
    ['a text that lacks a language', [{ code: 'survey', text: { vi: 'a', en: 'b' } }]],
    ['a reason that stands twice', [shipped[0], shipped[0]]],
  ])('is refused with %s', (_, value) => {
    expect(() => parseReasons(value)).toThrow(FieldInvalid);
  });
});
