import { CloudEvent as ReferenceCloudEvent } from 'cloudevents';
import {
  dataSchemaOf,
  eventSchemas,
  hearDossierEvent,
  NotAnEvent,
  parseDossierEvent,
  parseEvent,
  unknownDossierEventType,
  type EventType,
} from './index';

const actor = { officialId: 'lan', postId: 'desk-clerk', officeId: 'vinh-desk' };

function stopped(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    specversion: '1.0',
    id: '01932c8e-7c00-7000-8000-000000000001',
    source: '/motcua/desk',
    type: 'dossier-stopped',
    subject: '01932c8e-7c00-7000-8000-0000000000aa',
    time: '2026-11-23T01:00:00.000Z',
    datacontenttype: 'application/json',
    dataschema: dataSchemaOf('dossier-stopped'),
    sequence: 3,
    recordedat: '2026-11-23T01:00:00.100Z',
    previoushash: 'a'.repeat(64),
    data: {
      actor,
      proposedBy: null,
      reasonCode: 'applicant-silent',
      legalBasis: null,
      released: { ...actor, from: '2026-11-20T01:00:00.000Z', until: '2026-11-23T01:00:00.000Z', workingMs: 0 },
    },
    ...change,
  };
}

test('an event is a valid CloudEvents 1.0 event', () => {
  expect(() => new ReferenceCloudEvent(stopped()).validate()).not.toThrow();
});

test('an event is read back as it was written, and a field from a newer writer does no harm', () => {
  const event = stopped({ data: { ...(stopped()['data'] as object), later: 'field' } });

  expect(parseDossierEvent(JSON.stringify(event))).toEqual(event);
});

test.each([
  ['a text that is no JSON', '{"specversion"', 'not JSON'],
  ['an empty message', '', 'not JSON'],
  ['a foreign JSON object', '{}', 'specversion'],
  ['an unknown type', JSON.stringify(stopped({ type: 'dossier-lost' })), 'unknown type "dossier-lost"'],
  ['a version of tomorrow', JSON.stringify(stopped({ dataschema: 'urn:motcua:dossier-stopped/9' })), 'unknown version'],
  ['a sequence that starts at nought', JSON.stringify(stopped({ sequence: 0 })), 'sequence'],
  ['data without its reason', JSON.stringify(stopped({ data: { actor } })), 'reasonCode'],
])('%s is refused with the rule it breaks', (_, body, rule) => {
  expect(() => parseEvent(body)).toThrow(NotAnEvent);
  expect(() => parseEvent(body)).toThrow(rule);
});

test('an event of a type that only a newer build knows keeps its place and says nothing, so that no later build reads more', () => {
  const newer = stopped({ type: 'dossier-beamed', dataschema: 'urn:motcua:dossier-beamed/1', data: { to: 'orbit' } });

  expect(hearDossierEvent(JSON.stringify(newer))).toEqual({ ...newer, type: 'passed-over', data: {} });
  expect(unknownDossierEventType(JSON.stringify(newer))).toBe('dossier-beamed');
  expect(unknownDossierEventType(JSON.stringify(stopped()))).toBeNull();
  expect(() => hearDossierEvent('{}')).toThrow(NotAnEvent);
});

test('what an older version says is said in the present one, and the envelope stays as it was hashed', () => {
  const { actor: by, reasonCode, released } = stopped()['data'] as Record<string, unknown>;
  const data = { actor: by, reasonCode, released };
  const older = stopped({ dataschema: 'urn:motcua:dossier-stopped/1', data });

  expect(parseDossierEvent(JSON.stringify(older))).toEqual({
    ...older,
    data: { ...data, legalBasis: null, proposedBy: null },
  });
});

test('older versions stand in order and end before the present one', () => {
  for (const { version, older = [] } of Object.values(eventSchemas)) {
    expect(older.map((one) => one.version)).toEqual(Array.from({ length: version - 1 }, (_, index) => index + 1));
  }
});

test('a receipt of version 1 came from no other system, was decided where it was received, and its stops were for another body', () => {
  const due = { acceptanceDueAt: null, stepDueAt: null, appointmentAt: null, legalDueAt: null };
  const stop = { from: '2026-11-20T01:00:00.000Z', until: '2026-11-21T01:00:00.000Z' };
  const data = {
    actor,
    code: 'H41.85-261123-0001',
    procedureCode: '1.012786',
    procedureVersion: 1,
    officeId: 'vinh-desk',
    channel: 'desk',
    holder: actor,
    clockStartedAt: '2026-11-20T01:00:00.000Z',
    clockStops: [stop],
    released: null,
    successorOf: '01932c8e-7c00-7000-8000-0000000000bb',
    takenOver: false,
    deadlines: { due, calendar: 'vn-office/1', schedule: { generation: 1, rungs: [] } },
  };
  const told = stopped({ type: 'dossier-received', dataschema: dataSchemaOf('dossier-received', 1), data });

  expect(parseEvent(JSON.stringify(told))).toEqual({
    ...told,
    data: {
      ...data,
      clockStops: [{ reason: 'other-body', ...stop }],
      takenOverFrom: null,
      answerDueAt: null,
      stoppedRungs: [],
      helpedByOfficeId: null,
      decidingOfficeId: 'vinh-desk',
    },
  });
});

test('each type names one schema, and no two the same', () => {
  const names = (Object.keys(eventSchemas) as EventType[]).map((type) => dataSchemaOf(type));

  expect(new Set(names).size).toBe(names.length);
  expect(names).toContain('urn:motcua:dossier-received/3');
});
