import { rmSync } from 'node:fs';
import { serversFile } from './servers-file';

/** Stops what the set-up started and removes its folder, whatever the tests did. */
export default async function tearDown(): Promise<void> {
  const started = globalThis.motcuaTestServers;
  if (!started) return;
  await started.servers.stop();
  rmSync(started.folder, { recursive: true, force: true });
  rmSync(serversFile(process.pid), { force: true });
}
