import { HttpException, NotFoundException } from '@nestjs/common';
import { DossierError, DossierNotFound, type ErrorKind, FieldInvalid } from '#domain';
import { problemOf } from './problem';
import { RemoteRefusal } from './service-fetch';

class Refusal extends DossierError {
  readonly code = 'DOSSIER_ALREADY_RETURNED';

  constructor(
    readonly kind: ErrorKind,
    readonly returnedAt: string,
  ) {
    super('It was returned already.');
  }
}

test.each<[ErrorKind, number]>([
  ['invalid', 400],
  ['forbidden', 403],
  ['not-found', 404],
  ['conflict', 409],
  ['stale', 412],
  ['unavailable', 503],
])('a refusal of kind %s is %i, with its code, its text and its data', (kind, status) => {
  const problem = problemOf(new Refusal(kind, '2026-11-23T08:00:00.000Z'), 'r-1');

  expect(problem.status).toBe(status);
  expect(problem.headers['retry-after']).toBe(status === 503 ? '5' : undefined);
  expect(problem.body).toEqual({
    type: 'urn:motcua:problem:DOSSIER_ALREADY_RETURNED',
    title: 'Dossier already returned',
    status,
    detail: 'It was returned already.',
    code: 'DOSSIER_ALREADY_RETURNED',
    instance: 'r-1',
    returnedAt: '2026-11-23T08:00:00.000Z',
  });
});

test('one wrong field has the form of many', () => {
  const { body } = problemOf(new FieldInvalid('amount', 'must be at least 1'), 'r-1');

  expect(body).toMatchObject({ code: 'FIELD_INVALID', errors: [{ field: 'amount', rule: 'must be at least 1' }] });
  expect(body).not.toHaveProperty('field');
});

test('a fault of ours is told without a word about it', () => {
  const { status, body } = problemOf(new Error('column "nam" does not exist'), 'r-1');

  expect(status).toBe(500);
  expect(body).toEqual({
    type: 'urn:motcua:problem:INTERNAL',
    title: 'Internal',
    status: 500,
    code: 'INTERNAL',
    instance: 'r-1',
  });
});

test.each([
  Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }),
  Object.assign(new Error('terminating connection'), { code: '57P01' }),
  Object.assign(new Error('the database system is starting up'), { code: '57P03' }),
  Object.assign(new Error('connection failure'), { code: '08006' }),
  Object.assign(new Error('too many clients'), { code: '53300' }),
  Object.assign(new Error('disk full'), { code: '53100' }),
  new Error('timeout exceeded when trying to connect'),
  new Error('Connection terminated unexpectedly'),
])('while the database is not at hand, the caller is asked to come again: %s', (error) => {
  expect(problemOf(error, 'r-1')).toMatchObject({
    status: 503,
    headers: { 'retry-after': '5' },
    body: { code: 'DATABASE_UNAVAILABLE' },
  });
});

test.each(['23505', '42P01', '22007', 'ENOENT'])(
  'a database that answers %s is at hand: that is a fault of ours',
  (code) => {
    expect(problemOf(Object.assign(new Error('x'), { code }), 'r-1').status).toBe(500);
  },
);

test('what only HTTP knows keeps its status and brings its code', () => {
  const missing = new HttpException('If-Match is missing.', 428);
  const reused = new HttpException('The key was used.', 422, { errorCode: 'IDEMPOTENCY_KEY_REUSED' });

  expect(problemOf(missing, 'r-1').body).toMatchObject({ status: 428, code: 'PRECONDITION_REQUIRED' });
  expect(problemOf(reused, 'r-1').body).toMatchObject({ status: 422, code: 'IDEMPOTENCY_KEY_REUSED' });
});

test('an unknown route is not quoted: its query may hold a name', () => {
  const { body } = problemOf(new NotFoundException('Cannot GET /search?name=Lan'), 'r-1');

  expect(JSON.stringify(body)).not.toContain('Lan');
  expect(body.code).toBe('NOT_FOUND');
});

test('what another service refused is handed on as it was; what it could not do is ours to excuse', () => {
  const said = {
    type: 'urn:motcua:problem:KEY_REUSED',
    title: 'Key reused',
    status: 422,
    code: 'KEY_REUSED',
    key: 'k',
  };
  const refused = {
    url: 'http://desk/x',
    status: 422,
    code: 'KEY_REUSED',
    kind: 'invalid',
    detail: 'No.',
    problem: said,
  } as const;

  expect(problemOf(new RemoteRefusal(refused), 'r-2').body).toEqual({ ...said, detail: 'No.', instance: 'r-2' });
  expect(problemOf(new RemoteRefusal({ ...refused, status: 500, kind: 'unavailable' }), 'r-2')).toMatchObject({
    status: 503,
    headers: { 'retry-after': '5' },
    body: { code: 'REMOTE_UNAVAILABLE' },
  });
});

test('a dossier of another office is not found, like one that does not exist', () => {
  expect(problemOf(new DossierNotFound('0199'), 'r-1').body).toMatchObject({ status: 404, dossierId: '0199' });
});
