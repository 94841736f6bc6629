import { setTimeout as pause } from 'node:timers/promises';

/** What a step of a loop found: more to do at once, or nothing for now. */
export type Step = () => Promise<'more' | 'idle'>;

interface Repetition {
  /** Real time to wait after a step that found nothing, and after one that failed; asked for each time where it is no fixed one. */
  readonly pauseMs: number | (() => number);
  /** Ends the repetition after the step under way. */
  readonly signal: AbortSignal;
  /** What a failure is told to; the loop goes on. */
  readonly onError: (error: unknown) => void;
}

/** Does the step again and again until the signal. Never rejects: what fails is told and tried again. */
export async function repeat(step: Step, { pauseMs, signal, onError }: Repetition): Promise<void> {
  while (!signal.aborted) {
    const found = await step().catch((error: unknown) => {
      onError(error);
      return 'idle' as const;
    });
    if (found === 'idle') await paused(typeof pauseMs === 'number' ? pauseMs : pauseMs(), signal);
  }
}

/** Waits so long, or until the signal. */
async function paused(pauseMs: number, signal: AbortSignal): Promise<void> {
  await pause(pauseMs, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}
