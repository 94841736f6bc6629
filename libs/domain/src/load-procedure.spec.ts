import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instantOnWall, parseWorkCalendar } from '#calendar';
import { channels } from '#contracts';
import { actAt, Life, procedure as older } from '../test/office';
import {
  ChannelNotOffered,
  FieldInvalid,
  parseProcedureVersion,
  procedureDefects,
  promiseFor,
  requireChannelOffered,
  requireConsistent,
  type ProcedureDescription,
  type ProcedureVersion,
} from './index';

const name = { vi: 'Đơn', en: 'Form', de: 'Antrag' };

const description: ProcedureDescription = {
  kind: 'service',
  names: { vi: 'Đăng ký', en: 'Registration', de: 'Anmeldung' },
  field: 'civil-status',
  level: 'commune',
  competentAuthority: 'Ủy ban nhân dân cấp xã',
  legalDocuments: [{ title: 'Luật Hộ tịch 60/2014/QH13', article: 'Điều 18' }],
  components: [{ code: 'form', name, originals: 1, copies: 0, required: true }],
  eForm: null,
  checklist: [{ vi: 'Đã ký.', en: 'Signed.', de: 'Unterschrieben.' }],
  fee: { amountMinor: 8000, currency: 'VND', dueAt: 'acceptance' },
  result: { name },
  channels: ['desk', 'online'],
  sample: true,
};
const described: ProcedureVersion = { ...older, validFrom: '2026-01-01', description };

/** As a file says it: what is undefined is not there. */
function asJson(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}

function withDescription(change: Partial<Record<keyof ProcedureDescription, unknown>>): object {
  return { ...described, description: { ...description, ...change } };
}

describe('a procedure', () => {
  test('that says all of itself is read as it is', () => {
    expect(parseProcedureVersion(JSON.parse(JSON.stringify(described)))).toEqual(described);
  });

  test('of an older form describes nothing, and its steps name nobody', () => {
    const { code, version, name: called, calendarId } = older;
    const steps = older.serviceLevel.steps.map(({ code: step, limit }) => ({ code: step, limit }));
    const said = { code, version, name: called, calendarId, serviceLevel: { ...older.serviceLevel, steps } };

    expect(parseProcedureVersion(said)).toEqual(older);
  });

  test('of an older form stops its clock for a payment and pays nothing back', () => {
    const unsaid = { paymentPauses: undefined, refundOnWithdrawal: undefined, refundLegalBasis: undefined };
    const said = JSON.parse(
      JSON.stringify({ ...older, serviceLevel: { ...older.serviceLevel, ...unsaid } }),
    ) as unknown;

    expect(said).not.toHaveProperty('serviceLevel.paymentPauses');
    expect(parseProcedureVersion(said).serviceLevel).toMatchObject({
      paymentPauses: true,
      refundOnWithdrawal: 'none',
      refundLegalBasis: null,
    });
  });

  test('that pays back must say what that rests on', () => {
    const paysBack = { ...older, serviceLevel: { ...older.serviceLevel, refundOnWithdrawal: 'full' } };

    expect(procedureDefects(paysBack).map(({ path }) => path.join('.'))).toEqual(['serviceLevel.refundLegalBasis']);
    expect(() => requireConsistent(parseProcedureVersion(paysBack))).toThrow('what paying back rests on');
  });

  test('of an older form is published, and in force from the day that its description said', () => {
    const { validFrom } = described;
    const said = { ...described, state: undefined, validFrom: undefined, description: { ...description, validFrom } };

    expect(parseProcedureVersion(asJson(said))).toEqual(described);
    expect(
      procedureDefects(asJson({ ...said, description: { ...description, validFrom: '2026-13-01' } })),
    ).toMatchObject([{ path: ['validFrom'] }]);
  });

  test('that describes no more than it must is a service, charges nothing, offers all channels and is no sample', () => {
    const { names, field, level, competentAuthority, result } = description;
    const read = parseProcedureVersion({ ...older, description: { names, field, level, competentAuthority, result } });

    expect(read.description).toEqual({
      ...{ kind: 'service', names, field, level, competentAuthority, result },
      ...{ legalDocuments: [], components: [], checklist: [], eForm: null, fee: null, channels, sample: false },
    });
  });

  test('may name things by one text: it is the same in every language', () => {
    const text = { vi: 'Đơn', en: 'Đơn', de: 'Đơn' };
    const component = { ...description.components[0], name: 'Đơn' };
    const said = { names: 'Đơn', components: [component], checklist: ['Đơn'], result: { name: 'Đơn' } };

    expect(parseProcedureVersion(withDescription(said)).description).toMatchObject({
      names: text,
      components: [{ name: text }],
      checklist: [text],
      result: { name: text },
    });
  });
});

describe('a description is refused, by name and path:', () => {
  const component = description.components[0];

  test.each<[string, Partial<Record<keyof ProcedureDescription, unknown>>, string]>([
    ['a name that lacks a language', { names: { vi: 'Đăng ký', en: 'Registration' } }, 'names'],
    ['a kind that is none', { kind: 'favour' }, 'kind'],
    ['a field that is no code', { field: 'civil status' }, 'field'],
    ['a level that was abolished', { level: 'district' }, 'level'],
    ['an authority that is no text', { competentAuthority: null }, 'competentAuthority'],
    ['a legal document without a title', { legalDocuments: [{ article: 'Điều 18' }] }, 'legalDocuments.0'],
    ['an article that is a number', { legalDocuments: [{ title: 'Luật', article: 18 }] }, 'legalDocuments.0.article'],
    ['a component without a code', { components: [{ ...component, code: undefined }] }, 'components.0'],
    ['half an original', { components: [{ ...component, originals: 0.5 }] }, 'components.0.originals'],
    ['fewer copies than none', { components: [{ ...component, copies: -1 }] }, 'components.0.copies'],
    [
      'a component that may be required',
      { components: [{ ...component, required: 'maybe' }] },
      'components.0.required',
    ],
    ['a component without a name', { components: [{ ...component, name: undefined }] }, 'components.0'],
    ['a checklist that is one text', { checklist: 'Signed.' }, 'checklist'],
    ['a fee below nothing', { fee: { ...description.fee, amountMinor: -1 } }, 'fee.amountMinor'],
    ['a fee in another currency', { fee: { ...description.fee, currency: 'USD' } }, 'fee.currency'],
    ['a fee that is due sometime', { fee: { ...description.fee, dueAt: 'sometime' } }, 'fee.dueAt'],
    ['a result without a name', { result: {} }, 'result'],
    ['a channel that is none', { channels: ['pigeon'] }, 'channels.0'],
    ['no channel at all', { channels: [] }, 'channels'],
    ['a channel twice', { channels: ['desk', 'desk'] }, 'channels'],
    ['a sample that is perhaps one', { sample: 'perhaps' }, 'sample'],
  ])('%s', (_, change, path) => {
    const value = JSON.parse(JSON.stringify(withDescription(change))) as unknown;

    expect(() => parseProcedureVersion(value)).toThrow(FieldInvalid);
    expect(() => parseProcedureVersion(value)).toThrow(`procedure/description/${path.replaceAll('.', '/')}`);
    expect(procedureDefects(value).map((defect) => defect.path.join('.'))).toEqual([`description.${path}`]);
  });

  test('one that is a text', () => {
    expect(() => parseProcedureVersion({ ...older, description: 'Registration' })).toThrow('procedure/description');
  });
});

describe('what stands twice is refused when it is loaded, and read all the same where it is stored:', () => {
  const { steps, ladder } = older.serviceLevel;

  test.each<[string, object, string]>([
    [
      'a rung',
      { serviceLevel: { ...older.serviceLevel, ladder: [...ladder, ladder[0]] } },
      'serviceLevel.ladder.5.name',
    ],
    ['a step', { serviceLevel: { ...older.serviceLevel, steps: [...steps, steps[1]] } }, 'serviceLevel.steps.2.code'],
    [
      'a component',
      { description: { ...description, components: [...description.components, ...description.components] } },
      'description.components.1.code',
    ],
  ])('%s', (_, change, path) => {
    const twice = parseProcedureVersion({ ...described, ...change });

    expect(() => requireConsistent(twice)).toThrow(`procedure/${path.replaceAll('.', '/')}`);
    expect(procedureDefects(twice)).toEqual([{ path: path.split('.'), rule: expect.stringContaining('twice') }]);
  });

  test('a procedure in which nothing does', () => {
    expect(() => requireConsistent(described)).not.toThrow();
    expect(procedureDefects(described)).toEqual([]);
  });
});

describe('a step', () => {
  const withStep = (step: object) => ({ ...older, serviceLevel: { ...older.serviceLevel, steps: [step] } });

  test('may say which role takes it, in which unit', () => {
    const step = {
      code: 'examine',
      limit: null,
      role: 'official',
      officeRole: 'land-section',
      ...{ body: null, level: null },
    };

    expect(parseProcedureVersion(withStep(step)).serviceLevel.steps).toEqual([step]);
  });

  test.each([
    [{ code: 'examine', limit: null, role: 'wizard' }, 'role'],
    [{ code: 'examine', limit: null, officeRole: 7 }, 'officeRole'],
  ])('of somebody who is nobody is refused', (step, path) => {
    expect(() => parseProcedureVersion(withStep(step))).toThrow(`procedure/serviceLevel/steps/0/${path}`);
  });
});

describe('a dossier', () => {
  test('comes in as the procedure offers, and in no other way', () => {
    expect(() => requireChannelOffered(described, 'online')).not.toThrow();
    expect(() => requireChannelOffered(described, 'post')).toThrow(ChannelNotOffered);
    expect(() => requireChannelOffered(described, 'post')).toThrow('desk, online');
  });

  test.each(channels)('comes in by %s where the procedure does not say how', (channel) => {
    expect(() => requireChannelOffered(older, channel)).not.toThrow();
  });
});

describe('what is shipped', () => {
  const folder = join(__dirname, '../../../catalogue/procedures');
  const shipped = readdirSync(folder).map((file) =>
    parseProcedureVersion(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
  );
  const samples = shipped.filter(({ description: said }) => said !== null);

  test('is at least 25 described procedures of both levels, each marked as a sample by field and by code', () => {
    expect(samples.length).toBeGreaterThanOrEqual(25);
    for (const { code, description: said } of samples) {
      expect(said?.sample).toBe(true);
      expect(code).toMatch(said?.level === 'commune' ? /^S1[.][0-9]{6}$/ : /^S2[.][0-9]{6}$/);
    }
    expect(new Set(shipped.map(({ code }) => code)).size).toBe(shipped.length);
  });

  test('knows every unit of a limit, both modes of supplement, and limits of its own online', () => {
    const levels = samples.map(({ serviceLevel }) => serviceLevel);

    expect(new Set(levels.map(({ legalLimit }) => legalLimit?.unit))).toEqual(
      new Set(['WORKING_HOUR', 'WORKING_DAY', 'CALENDAR_DAY', 'MONTH', 'SAME_DAY']),
    );
    expect(new Set(levels.map(({ supplementMode }) => supplementMode))).toEqual(new Set(['pause', 'restart']));
    expect(levels.some(({ onlineLimit }) => onlineLimit !== null)).toBe(true);
  });

  test('promises a date for every way in which a dossier may come, by the shipped calendar', () => {
    const calendar = parseWorkCalendar(JSON.parse(readFileSync(join(folder, '../calendars/vn-office.json'), 'utf8')));
    const at = instantOnWall(calendar, '2026-11-26 16:30');

    for (const procedure of samples) {
      const timekeeping = actAt(at, { procedure, calendar, presentCalendar: calendar });
      for (const channel of procedure.description?.channels ?? []) {
        const { legal, appointment } = promiseFor(at, channel, timekeeping);
        expect(legal && legal.dueAt > at).toBe(true);
        expect(appointment && appointment.dueAt <= (legal?.dueAt ?? '')).toBe(true);
      }
      expect(Life.received(at, timekeeping).dossier.schedule.rungs.length).toBeGreaterThanOrEqual(3);
    }
  });

  test('offers online wherever it has a limit for it', () => {
    const pointless = samples.filter(
      ({ serviceLevel, description: said }) => serviceLevel.onlineLimit && !said?.channels.includes('online'),
    );

    expect(pointless).toEqual([]);
  });
});

describe('an interconnected procedure', () => {
  const days = (amount: number) => ({ amount, unit: 'WORKING_DAY' as const });
  const step = (code: string, limit: object | null, body: string | null) => ({
    ...{ code, limit, body },
    ...{ role: null, officeRole: null, level: null },
  });
  const whole = (steps: readonly object[], change: object = {}) => ({
    ...older,
    serviceLevel: { ...older.serviceLevel, legalLimit: days(3), steps, ...change },
  });
  const hours = { amount: 9, unit: 'WORKING_HOUR' };

  test('names the body of a step and its level', () => {
    const read = parseProcedureVersion(whole([{ code: 'tax', limit: null, body: 'tax-office', level: 'province' }]));

    expect(read.serviceLevel.steps).toMatchObject([{ body: 'tax-office', level: 'province' }]);
    expect(procedureDefects(whole([{ code: 'tax', limit: null, level: 'district' }]))).toMatchObject([
      { path: ['serviceLevel', 'steps', '0', 'level'] },
    ]);
  });

  test('is refused where the limits of its steps exceed the whole, at the step by which they do', () => {
    const tooLong = whole([
      step('examine', days(2), null),
      step('tax', hours, 'tax-office'),
      step('sign', days(1), null),
    ]);

    expect(() => requireConsistent(tooLong as ProcedureVersion)).toThrow('serviceLevel/steps/1/limit');
    expect(procedureDefects(tooLong)).toEqual([
      {
        path: ['serviceLevel', 'steps', '1', 'limit'],
        rule: 'must end within legalLimit: with those before it takes 25 working hours of 24',
      },
    ]);
    const online = whole([step('tax', days(3), 'tax-office')], { onlineLimit: days(2) });
    expect(procedureDefects(online)).toMatchObject([{ rule: expect.stringContaining('within onlineLimit') }]);
  });

  test.each([
    ['they fill it', whole([step('examine', days(2), null), step('tax', days(1), 'tax-office')])],
    ['they are not comparable', whole([step('tax', { amount: 9, unit: 'CALENDAR_DAY' }, 'tax-office')])],
    ['the whole is not', whole([step('tax', days(9), 'tax-office')], { legalLimit: { amount: 1, unit: 'MONTH' } })],
    ['nothing limits the whole', whole([step('tax', days(9), 'tax-office')], { legalLimit: null })],
    ['the lead plans for itself alone', whole([step('examine', days(2), null), step('sign', days(2), null)])],
  ])('is taken where %s', (_, value) => {
    expect(procedureDefects(value)).toEqual([]);
  });
});
