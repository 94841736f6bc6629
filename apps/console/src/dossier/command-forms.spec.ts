import { bodyOf, commandForms, fieldMeant, fieldsOf, isFormName } from './command-forms';

const ZONE = 'Asia/Ho_Chi_Minh';

test('what was typed becomes the body of the command, with the moment in the office’s zone', () => {
  const draft = { reasonCode: 'workload', plannedAt: '27/11/2026 16:30', remark: ' two are ill ' };
  expect(bodyOf(commandForms.acknowledge, draft, ZONE)).toEqual({
    body: { reasonCode: 'workload', plannedAt: '2026-11-27T09:30:00.000Z', remark: 'two are ill' },
  });
});

test('a receiver is an official in a post, and what is optional may be left out', () => {
  expect(bodyOf(commandForms['hand-over'], { to: 'hung|land', step: '' }, ZONE)).toEqual({
    body: { to: { officialId: 'hung', postId: 'land' } },
  });
});

test('several papers are a list', () => {
  const draft = { components: 'form\nland-document', reasonCode: 'document-missing' };
  expect(bodyOf(commandForms['request-supplement'], draft, ZONE)).toEqual({
    body: { components: ['form', 'land-document'], reasonCode: 'document-missing' },
  });
});

test('everything that must be corrected is told at once', () => {
  expect(bodyOf(commandForms.extend, { until: '31/2/2027' }, ZONE)).toEqual({
    mistakes: { until: 'frame:form.date-wrong', reasonCode: 'frame:form.required-choice' },
  });
  expect(bodyOf(commandForms.acknowledge, { plannedAt: '27/11/2026', reasonCode: 'workload' }, ZONE)).toEqual({
    mistakes: { plannedAt: 'frame:form.time-wrong' },
  });
});

test('another dossier is named by its code, typed or scanned from its receipt', () => {
  const body = { kind: 'appeal', otherDossierId: 'H41.85-261127-0001' };
  for (const said of ['h41.85-261127-0001 ', 'https://motcua.example/track?c=H41.85-261127-0001&s=secret'])
    expect(bodyOf(commandForms.link, { kind: 'appeal', otherDossierId: said }, ZONE)).toEqual({ body });
  expect(bodyOf(commandForms.link, { kind: 'appeal' }, ZONE)).toEqual({
    mistakes: { otherDossierId: 'frame:form.required' },
  });
});

test('an amount may be written with its thousands', () => {
  expect(bodyOf(commandForms['request-payment'], { amountMinor: '150.000', currency: 'VND' }, ZONE)).toEqual({
    body: { amountMinor: 150_000, currency: 'VND' },
  });
  expect(bodyOf(commandForms['request-payment'], { amountMinor: 'much', currency: 'VND' }, ZONE)).toEqual({
    mistakes: { amountMinor: 'frame:form.required' },
  });
});

test('a path of the service belongs to the field it is in', () => {
  expect(fieldMeant(commandForms.reassign, 'to.postId')).toBe('to');
  expect(fieldMeant(commandForms.reassign, 'remark')).toBe('remark');
  expect(fieldMeant(commandForms.reassign, 'total')).toBeNull();
});

test('only commands with a form are offered', () => {
  expect(isFormName('suspend')).toBe(true);
  expect(isFormName('recompute')).toBe(false);
});

test('of an e-form all answers are corrected, and what is wrong with one stands at its question', () => {
  const titles = { vi: 'Hỏi', en: 'Question', de: 'Frage' };
  const asked = { name: 'diedOn', kind: 'day', required: true, titles, maxLength: null, options: null } as const;
  const said = (typed: object) => {
    const draft = { field: 'eForm', eForm: JSON.stringify(typed), reasonCode: 'clerical-error' };
    return bodyOf(fieldsOf('correct', draft), draft, ZONE, [asked]);
  };

  expect(said({ diedOn: '20/11/2026' })).toEqual({
    body: { field: 'eForm', eForm: { diedOn: '2026-11-20' }, reasonCode: 'clerical-error' },
  });
  expect(said({ diedOn: '31/2/2026' })).toEqual({ mistakes: { 'eForm.diedOn': 'frame:form.date-wrong' } });
  expect(said({ diedOn: '' })).toEqual({ mistakes: { eForm: 'frame:form.required' } });
  expect(fieldsOf('correct', { field: 'applicant.name' })).toBe(commandForms.correct);
});
