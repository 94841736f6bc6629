import { setTimeout as pause } from 'node:timers/promises';

/** Waits until an assertion holds; tests wait for a condition, never for a time. Fails with the assertion's last error. */
export async function eventually<T>(assertion: () => T | Promise<T>, { timeoutMs = 30_000 } = {}): Promise<T> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() > until) throw error;
      await pause(25);
    }
  }
}
