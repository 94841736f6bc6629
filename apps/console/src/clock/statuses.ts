import type { Status } from '../api/views';

/** What a dossier can be in, in the order of its life. Overdue is none of it. */
export const statuses = [
  'submitted',
  'received',
  'in-process',
  'awaiting-supplement',
  'awaiting-payment',
  'suspended',
  'withdrawal-requested',
  'processed',
  'returned',
  'refused',
  'withdrawn',
  'stopped',
] as const satisfies readonly Status[];
