import { NamespaceNotFoundError, ServiceError, WorkflowNotFoundError } from '@temporalio/client';
import { reasonOf, TemporalRefused, temporalErrorFrom, TemporalUnavailable } from './temporal-errors';

/** As gRPC throws it. */
function grpcError(code: number, details = 'said by Temporal'): Error {
  return Object.assign(new Error(`${code}: ${details}`), { code, details, metadata: {} });
}

/** As Temporal's client throws it. */
function wrapped(cause: Error): ServiceError {
  return new ServiceError('Failed to start Workflow', { cause });
}

test.each([
  ['the call was cancelled', 1],
  ['Temporal does not know why', 2],
  ['no answer came in time', 4],
  ['the namespace is not there', 5],
  ['Temporal has too much to do', 8],
  ['another call came in between', 10],
  ['Temporal has a fault', 13],
  ['Temporal is away', 14],
  ['this service may not', 7],
  ['this service is not known', 16],
])('the dossier waits when %s', (_, code) => {
  const plain = temporalErrorFrom(grpcError(code));
  const inService = temporalErrorFrom(wrapped(grpcError(code)));

  for (const error of [plain, inService]) {
    expect(error).toBeInstanceOf(TemporalUnavailable);
    expect(error).toMatchObject({ kind: 'unavailable', code: 'TEMPORAL_UNAVAILABLE' });
  }
});

test.each([
  ['is not valid', 3],
  ['does not fit the state', 9],
  ['is out of range', 11],
  ['is not known to this Temporal', 12],
  ['lost data', 15],
])('the dossier is put aside when what is told of it %s', (_, code) => {
  const plain = temporalErrorFrom(grpcError(code));
  const inService = temporalErrorFrom(wrapped(grpcError(code)));

  for (const error of [plain, inService]) {
    expect(error).toBeInstanceOf(TemporalRefused);
    expect(error).toMatchObject({ kind: 'invalid', code: 'TEMPORAL_REFUSED' });
  }
});

test.each([
  'grpc: received message larger than max (5000000 vs. 4194304)',
  'Attempted to send message with a size larger than 4194304',
])('a journal too large for one message is put aside, although gRPC calls it exhaustion: %s', (details) => {
  expect(temporalErrorFrom(wrapped(grpcError(8, details)))).toBeInstanceOf(TemporalRefused);
});

test.each([
  ['a namespace', new NamespaceNotFoundError('motcua')],
  ['a workflow that ended meanwhile', new WorkflowNotFoundError('not found', 'dossier/1', undefined)],
])('the dossier waits for %s that is not there', (_, error) => {
  expect(temporalErrorFrom(error)).toBeInstanceOf(TemporalUnavailable);
});

test('what gRPC did not say is judged by whoever hears it', () => {
  const closed = wrapped(new Error('Channel has been shut down'));

  expect(temporalErrorFrom(closed)).toBe(closed);
  expect(temporalErrorFrom('no error at all')).toBe('no error at all');
});

test('whoever reads of it is told what Temporal said', () => {
  expect((temporalErrorFrom(wrapped(grpcError(3, 'Blob data size exceeds limit.'))) as Error).message).toBe(
    'Temporal refuses what it is told: Blob data size exceeds limit.',
  );
  expect(reasonOf(new Error('closed'))).toBe('closed');
});
