import type { ModuleRef } from '@nestjs/core';
import { createLogger } from '../logging/logger';
import { HealthChecks, HealthLook, type Progress } from './health';

class CountedChecks extends HealthChecks {
  looks = 0;
  fails = false;
  database: () => Promise<unknown> = () => Promise.resolve();

  override needs() {
    return { database: this.database };
  }

  override caughtUp(): Promise<Record<string, Progress>> {
    this.looks += 1;
    return this.fails
      ? Promise.reject(new Error('no database'))
      : Promise.resolve({ n: { ok: true, lag: this.looks } });
  }
}

let checks: CountedChecks;
let look: HealthLook;
let lines: string[];

beforeEach(() => {
  jest.useFakeTimers();
  lines = [];
  checks = new CountedChecks();
  const log = createLogger({ name: 'test', level: 'info', destination: { write: (line) => void lines.push(line) } });
  look = new HealthLook({ get: () => checks } as unknown as ModuleRef, log);
  look.onModuleInit();
});
afterEach(() => jest.useRealTimers());

async function lag(): Promise<number | null | undefined> {
  return (await look.caughtUp())['n']?.lag;
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

test('of what the service needs and what answers, one word is told and nothing logged', async () => {
  expect(await look.ready()).toEqual({ database: 'ok' });
  expect(lines).toEqual([]);
});

test('of what the service needs and what does not answer, one word is told, and the log says why', async () => {
  checks.database = () => Promise.reject(new Error('connection refused at db.office'));

  expect(await look.ready()).toEqual({ database: 'unavailable' });
  expect(lines).toEqual([expect.stringMatching(/"need":"database".*connection refused at db\.office/)]);
});
