import { isNativeError } from 'node:util/types';

/**
 * Base of the reasons for which a process refuses to start. An operator mends them, so `message` says what is wrong and
 * where, and no stack is shown.
 */
export abstract class StartRefused extends Error {
  abstract readonly code: string;

  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/**
 * Runs the main function of a process. A refusal to start is printed as its message alone, anything else with its stack,
 * both to standard error; either ends the process with code 1.
 */
export async function runProcess(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${startFailure(error)}\n`);
    process.exit(1);
  }
}

/** What standard error shows of the reason a process did not start. */
export function startFailure(error: unknown): string {
  if (error instanceof StartRefused) return error.message;
  return isNativeError(error) ? (error.stack ?? error.message) : String(error);
}
