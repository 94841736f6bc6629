import { useState } from 'react';

interface Sending {
  readonly isSending: boolean;
  /** What was said against the last one; null for nothing. */
  readonly refusal: unknown;
}

const idle: Sending = { isSending: false, refusal: null };

/** What a form or a button sends: `run` does it and keeps what it throws until it is run again, or told to `forget`. */
export function useSending() {
  const [sending, tell] = useState(idle);
  return { ...sending, run: (work: () => Promise<void>) => told(work, tell), forget: () => tell(idle) };
}

/** Does the work, and tells that it is under way and what became of it. Never throws. */
export async function told(work: () => Promise<void>, tell: (sending: Sending) => void): Promise<void> {
  tell({ isSending: true, refusal: null });
  try {
    await work();
    tell(idle);
  } catch (refusal) {
    tell({ isSending: false, refusal });
  }
}
