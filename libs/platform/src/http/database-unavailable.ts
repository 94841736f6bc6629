import { isNativeError } from 'node:util/types';

/** Node's codes for a server that cannot be reached or has gone away. */
const NETWORK_CODES = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/**
 * PostgreSQL's codes for "not now": connection lost (08), no resources: connections, memory, disk (53), shutting down or
 * starting (57P), statement and lock time-outs, and a transaction that lost against others as often as it was tried.
 */
const NOT_NOW = /^(08[0-9A-Z]{3}|53[0-9A-Z]{3}|57P0[1-5]|57014|55P03|40001|40P01)$/;

/** pg and pg-pool throw these without a code. */
const MESSAGES_WITHOUT_CODE = [
  'timeout exceeded when trying to connect',
  'timeout expired',
  'Connection terminated',
  'Query read timeout',
  'Client has encountered a connection error and is not queryable',
  'Client was closed and is not queryable',
];

/** Whether an error says that the database cannot answer at present, so that the same request may succeed later. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  const code = 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return NETWORK_CODES.has(code) || NOT_NOW.test(code);
  return MESSAGES_WITHOUT_CODE.some((message) => error.message.startsWith(message));
}
