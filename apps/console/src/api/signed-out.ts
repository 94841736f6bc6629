import { useSyncExternalStore } from 'react';

/** Requests that wait for the person to sign in again; while there are any, the dialog is open. */
let waiting: (() => void)[] = [];
const listeners = new Set<() => void>();

/** Resolves when the person has signed in again. */
export function signedInAgain(): Promise<void> {
  return new Promise((resolve) => {
    waiting = [...waiting, resolve];
    tell();
  });
}

/** The person is signed in: whoever waited goes on. */
export function goOn(): void {
  const all = waiting;
  waiting = [];
  for (const resolve of all) resolve();
  tell();
}

/** Opens the dialog also where no request waits, because the gateway said that the session has ended. */
export function sessionEnded(): void {
  void signedInAgain();
}

/** Whether the session has ended under this page. */
export function useSignedOut(): boolean {
  return useSyncExternalStore(subscribe, () => waiting.length > 0);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

function tell(): void {
  for (const listener of listeners) listener();
}
