import { QueryFailedError } from 'typeorm';

/** Whether a unique constraint of PostgreSQL, by its name, refused a row. */
export function isDuplicateIn(error: unknown, constraint: string): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const refused = error.driverError as { code?: string; constraint?: string };
  return refused.code === '23505' && refused.constraint === constraint;
}
