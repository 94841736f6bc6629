import type { ProcedureInForce } from '../api/views';
import type { PaperMark } from '../papers/paper-marks';
import { fieldMeantBy, marksTyped, newDraft, requestOf, type IntakeDraft } from './intake-draft';

const named = { vi: 'Giấy', en: 'Paper', de: 'Papier' };
const procedure: ProcedureInForce = {
  code: '1.001193',
  version: 1,
  kind: 'service',
  names: named,
  field: null,
  components: [
    { code: 'form', name: named, originals: 1, copies: 0, required: true },
    { code: 'proxy', name: named, originals: 1, copies: 0, required: false },
  ],
  checklist: [],
  eForm: null,
  fee: null,
  channels: ['desk', 'post'],
  legalLimit: null,
  appointmentLimit: null,
  steps: [],
  sample: false,
};

const there: PaperMark = { state: 'present', originals: '1', copies: '0' };
const missing: PaperMark = { state: 'missing', originals: '0', copies: '0' };

function draftWith(values: Partial<IntakeDraft['values']>, papers: IntakeDraft['papers'] = {}): IntakeDraft {
  const draft = newDraft('3f7b');
  const typed = { procedureCode: procedure.code, 'applicant.name': ' Lê Văn Tám ', ...values };
  return { ...draft, values: { ...draft.values, ...typed }, papers };
}

const mistakesOf = (draft: IntakeDraft, of: ProcedureInForce | null = procedure) => {
  const made = requestOf(draft, of);
  return 'mistakes' in made ? made.mistakes : {};
};

test('what was typed becomes the request; what was left empty is not in it', () => {
  expect(requestOf(draftWith({ 'applicant.phone': '0912345678' }, { form: there }), procedure)).toEqual({
    body: {
      procedureCode: '1.001193',
      channel: 'desk',
      applicant: { name: 'Lê Văn Tám', phone: '0912345678' },
      language: 'vi',
      papers: [{ component: 'form', state: 'present', originals: 1, copies: 0 }],
    },
  });
});

test('an empty form says what it needs', () => {
  expect(mistakesOf(newDraft('3f7b'), null)).toEqual({
    procedureCode: 'wrong.procedure',
    'applicant.name': 'frame:form.required',
  });
});

test.each([
  ['applicant.phone', '09-12'],
  ['applicant.identityNumber', '0123 456'],
  ['applicant.email', 'nobody'],
  ['channel', 'e-mail'],
] as const)('%s is checked before it is sent', (field, typed) => {
  expect(Object.keys(mistakesOf(draftWith({ [field]: typed }, { form: there })))).toEqual([field]);
});

test('a required paper must have been looked at, and lie there at the desk; any other may be missing', () => {
  expect(mistakesOf(draftWith({}))).toEqual({ 'papers.form': 'wrong.not-looked-at' });
  expect(mistakesOf(draftWith({}, { form: missing }))).toEqual({ 'papers.form': 'wrong.missing' });
  expect(mistakesOf(draftWith({}, { form: there, proxy: missing }))).toEqual({});
  expect(mistakesOf(draftWith({}, { form: { ...there, originals: '' } }))).toEqual({
    'papers.form': 'wrong.not-counted',
  });
});

test('what came by post is taken in with a paper missing: it is asked for afterwards', () => {
  expect(mistakesOf(draftWith({ channel: 'post' }, { form: missing }))).toEqual({});
});

test('a complaint says whom it is about; a service never does', () => {
  const complaint: ProcedureInForce = { ...procedure, kind: 'complaint', components: [] };
  expect(mistakesOf(draftWith({}), complaint)).toEqual({ about: 'frame:form.required-choice' });
  expect(requestOf(draftWith({ about: 'office|land' }), complaint)).toMatchObject({
    body: { about: { officeId: 'land' } },
  });
  expect(requestOf(draftWith({ about: 'official|binh' }), complaint)).toMatchObject({
    body: { about: { officialId: 'binh' } },
  });
  expect(requestOf(draftWith({ about: 'official|binh' }, { form: there }), procedure)).not.toHaveProperty('body.about');
});

test('duplicates are looked for by a name with a number, and only by what marks a person', () => {
  const values = (typed: Partial<IntakeDraft['values']>) => draftWith(typed).values;
  expect(marksTyped(values({}))).toBeNull();
  expect(marksTyped(values({ 'applicant.phone': '09' }))).toBeNull();
  expect(marksTyped(values({ 'applicant.phone': '0912345678', 'applicant.address': 'Đô Lương' }))).toEqual({
    name: 'Lê Văn Tám',
    phone: '0912345678',
  });
});

test('a path of an answer leads to the field it means', () => {
  expect(fieldMeantBy('applicant.phone')).toBe('applicant.phone');
  expect(fieldMeantBy('about.officeId')).toBe('about');
  expect(fieldMeantBy('responsible.postId')).toBeNull();
});
