import { useSyncExternalStore } from 'react';

/** Why somebody must sign in: the session is over, or the act needs a sign-in of the last minutes. */
export type WhySignIn = 'session-over' | 'sign-in-too-old';

interface Waiting {
  readonly why: WhySignIn;
  /** Told whether the person has signed in. */
  readonly resolve: (signedIn: boolean) => void;
}

/** Requests that wait for the person to sign in again; while there are any, the dialog is open. */
let waiting: readonly Waiting[] = [];
const listeners = new Set<() => void>();

/** Resolves when the person has signed in again. */
export async function signedInAgain(): Promise<void> {
  await wait('session-over');
}

/** Resolves when the person has shown anew who they are; false where they would rather not. */
export function shownAnew(): Promise<boolean> {
  return wait('sign-in-too-old');
}

/** The person is signed in: whoever waited goes on. */
export function goOn(): void {
  settle(() => true, true);
}

/** The person would rather leave it: what needs a newer sign-in is not sent. */
export function giveUp(): void {
  settle(({ why }) => why === 'sign-in-too-old', false);
}

/** Opens the dialog also where no request waits, because the gateway said that the session has ended. */
export function sessionEnded(): void {
  void signedInAgain();
}

/** Why the person must sign in before this page goes on; null where it goes on. */
export function useWhySignIn(): WhySignIn | null {
  return useSyncExternalStore(subscribe, () => {
    return waiting.find(({ why }) => why === 'session-over')?.why ?? waiting[0]?.why ?? null;
  });
}

function wait(why: WhySignIn): Promise<boolean> {
  return new Promise((resolve) => {
    waiting = [...waiting, { why, resolve }];
    tell();
  });
}

function settle(concerns: (one: Waiting) => boolean, signedIn: boolean): void {
  const settled = waiting.filter(concerns);
  waiting = waiting.filter((one) => !settled.includes(one));
  for (const { resolve } of settled) resolve(signedIn);
  tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
