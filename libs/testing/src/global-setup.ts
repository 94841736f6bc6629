import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServers, timeSkippingServer, type Servers } from '#local';
import { openRunFolder } from './run-folder';
import { serversFile, type TestServers } from './servers-file';

declare global {
  /** Set by the set-up, used by the teardown: both run in Jest's main process. */
  var motcuaTestServers: Servers | undefined;
}

/** Starts PostgreSQL, Kafka and Temporal once for all tests, on free ports and a throw-away folder. */
export default async function setUp(): Promise<void> {
  openRunFolder();
  const folder = mkdtempSync(join(tmpdir(), 'motcua-servers-'));
  const report = (step: string) => void process.stderr.write(`test servers: ${step}\n`);
  const ports = { postgres: 0, kafka: 0, temporal: 0, temporalUi: 0 };
  const path = await timeSkippingServer(join(folder, 'logs', 'fetch.log'), report);
  const servers = await startServers({ dataFolder: folder, ports, report });
  globalThis.motcuaTestServers = servers;
  const { postgres, kafka, temporal } = servers;
  const file: TestServers = {
    postgres: { ownerUrl: postgres.ownerUrl },
    kafka: { brokers: kafka.brokers },
    temporal: { address: temporal.address, namespace: temporal.namespace },
    timeSkippingServerPath: path,
  };
  writeFileSync(serversFile(process.pid), JSON.stringify(file));
}
