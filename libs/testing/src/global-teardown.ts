import { removeRunFolder } from './run-folder';

/** Stops what the set-up started and removes what the run left, whatever the tests did. */
export default async function tearDown(): Promise<void> {
  try {
    await globalThis.motcuaTestServers?.stop();
  } finally {
    removeRunFolder();
  }
}
