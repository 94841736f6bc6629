import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

/** The real servers of this test run. */
export interface TestServers {
  readonly postgres: { readonly ownerUrl: string };
  readonly kafka: { readonly brokers: readonly string[] };
  readonly temporal: { readonly address: string; readonly namespace: string };
  /** An executable that runs Temporal's time-skipping server. */
  readonly timeSkippingServerPath: string;
}

/** Jest's workers are children of the process whose global set-up started the servers. */
export function serversFile(ownerPid: number): string {
  return join(tmpdir(), `motcua-test-${ownerPid}.json`);
}

/** The servers that the global set-up started. */
export function servers(): TestServers {
  const path = [process.ppid, process.pid].map(serversFile).find((file) => existsSync(file));
  if (path === undefined) throw new Error('No servers run: tests of behaviour belong to the project "servers".');
  return JSON.parse(readFileSync(path, 'utf8')) as TestServers;
}
