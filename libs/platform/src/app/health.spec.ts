import type { ModuleRef } from '@nestjs/core';
import type { Response } from 'express';
import { answerOf, HealthChecks, HealthController, type Progress } from './health';

class CountedChecks extends HealthChecks {
  looks = 0;
  fails = false;

  override ready(): Promise<Record<string, string>> {
    return Promise.resolve({});
  }

  override caughtUp(): Promise<Record<string, Progress>> {
    this.looks += 1;
    return this.fails
      ? Promise.reject(new Error('no database'))
      : Promise.resolve({ n: { ok: true, lag: this.looks } });
  }
}

let checks: CountedChecks;
let health: HealthController;

beforeEach(() => {
  jest.useFakeTimers();
  checks = new CountedChecks();
  health = new HealthController({ get: () => checks } as unknown as ModuleRef);
  health.onModuleInit();
});
afterEach(() => jest.useRealTimers());

function lag(): Promise<number | undefined> {
  const response = { status: () => response } as unknown as Response;
  return health.caughtUp(response).then((answer) => answer.checks['n']?.lag);
}

test('however often somebody asks what works behind, the service looks once in two seconds', async () => {
  expect(await Promise.all([lag(), lag(), lag()])).toEqual([1, 1, 1]);
  jest.advanceTimersByTime(1_999);
  expect(await lag()).toBe(1);
  jest.advanceTimersByTime(1);

  expect(await lag()).toBe(2);
  expect(checks.looks).toBe(2);
});

test('a look that failed is not kept', async () => {
  checks.fails = true;
  await expect(lag()).rejects.toThrow('no database');
  checks.fails = false;

  expect(await lag()).toBe(2);
});

test.each([
  ['answers', () => Promise.resolve(1), 'ok'],
  ['does not', () => Promise.reject(new Error('role "motcua_desk" at db.office')), 'unavailable'],
])('of what the service needs and what %s one word is told', async (_what, ask, word) => {
  expect(await answerOf(ask)).toBe(word);
});
