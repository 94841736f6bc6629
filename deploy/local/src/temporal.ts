import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { environmentWith } from '#platform';
import { cacheFolder, onPath, requireDisk } from './cache';
import { runToEnd, startChild, untilUp, type Child } from './child';
import { fetchJars } from './maven';
import { fetchOfficial, type OfficialArchive } from './official';
import { untilListening } from './ports';
import { LocalProblem, type Report } from './problem';

/** The newest that `go install` can build: later ones replace a module that is not published. */
const CLI_VERSION = '1.5.1';
const TIME_SKIPPING_VERSION = '1.38.0';
export const TEMPORAL_NAMESPACE = 'motcua';
/** Temporal deletes closed histories after this; the auditors' copies are made long before. */
const RETENTION = '720h';

/** Temporal's CLI, which holds a whole server: on the PATH, from an earlier start, from its releases, or built by Go. */
export async function temporalCli(logFile: string, report: Report): Promise<{ program: string; how: string }> {
  const given = onPath('temporal');
  if (given !== null) return { program: given, how: `on the PATH (${given})` };
  const folder = join(cacheFolder(), `temporal-cli-${CLI_VERSION}`);
  const program = join(folder, 'temporal');
  if (existsSync(program)) return { program, how: `Temporal CLI ${CLI_VERSION}, kept from an earlier start` };
  const official = officialCli();
  if (official !== null && (await fetchOfficial(official, folder, logFile))) {
    return { program, how: `Temporal CLI ${CLI_VERSION}, from its releases` };
  }
  report(`building Temporal's CLI ${CLI_VERSION} with Go: three to five minutes, this once`);
  await build(folder, logFile);
  return { program, how: `Temporal CLI ${CLI_VERSION}, built with Go` };
}

/** SHA-256 of the releases, by Go's names of system and machine. */
const releases: Readonly<Record<string, string>> = {
  linux_amd64: 'ddc95e08b0b076efd4ea9733a3f488eb7d2be875f8834e616cd2a37358b4852d',
  darwin_amd64: 'bbb73e2a31135abe50a1f1cdb35030c42961df618e8ce9c60ae89f201540c5d9',
  darwin_arm64: 'cca01b7ea35ad56e2a328d9ae596bf716bd22313ef63c7a761c88354457c2415',
};

function officialCli(): OfficialArchive | null {
  const machine = `${platform()}_${arch() === 'x64' ? 'amd64' : arch()}`;
  const sha256 = releases[machine];
  if (sha256 === undefined) return null;
  const file = `temporal_cli_${CLI_VERSION}_${machine}.tar.gz`;
  return { url: `https://github.com/temporalio/cli/releases/download/v${CLI_VERSION}/${file}`, sha256 };
}

/** Starts a Temporal server that keeps its data in one file. */
export async function startTemporal(
  program: string,
  folder: string,
  { port, uiPort, logFile }: { port: number; uiPort: number | null; logFile: string },
): Promise<Child> {
  mkdirSync(folder, { recursive: true });
  const ui = uiPort === null ? ['--headless'] : ['--ui-port', String(uiPort)];
  const child = startChild(
    program,
    [
      'server',
      'start-dev',
      '--ip',
      '127.0.0.1',
      '--port',
      String(port),
      ...ui,
      '--db-filename',
      join(folder, 'temporal.db'),
      '--namespace',
      TEMPORAL_NAMESPACE,
      '--log-level',
      'error',
    ],
    logFile,
    { givesWay: true },
  );
  return untilUp(child, async () => {
    await untilListening(port, { isAlive: child.isAlive, what: 'Temporal', logFile });
    await provideNamespace(program, port, logFile);
  });
}

/** An executable that runs Temporal's time-skipping test server: a month of timers passes in a second. */
export async function timeSkippingServer(logFile: string, report: Report): Promise<string> {
  const folder = join(cacheFolder(), `temporal-test-server-${TIME_SKIPPING_VERSION}`);
  if (!existsSync(folder)) {
    report(`getting Temporal's test server ${TIME_SKIPPING_VERSION} through Maven`);
    const artifact = { groupId: 'io.temporal', artifactId: 'temporal-test-server', version: TIME_SKIPPING_VERSION };
    await fetchJars(artifact, folder, logFile);
  }
  const program = join(folder, 'test-server.sh');
  writeFileSync(program, `#!/bin/sh\nexec java -cp "${folder}/*" io.temporal.testserver.TestServer "$@"\n`);
  chmodSync(program, 0o755);
  return program;
}

async function provideNamespace(program: string, port: number, logFile: string): Promise<void> {
  const address = ['--address', `127.0.0.1:${port}`, '--namespace', TEMPORAL_NAMESPACE];
  for (let attempt = 1; ; attempt += 1) {
    const code = await runToEnd(
      program,
      ['operator', 'namespace', 'update', ...address, '--retention', RETENTION],
      logFile,
    );
    if (code === 0) return;
    if (attempt === 20)
      throw new LocalProblem('Temporal runs but its namespace cannot be set up.', `Its log: ${logFile}`);
  }
}

async function build(folder: string, logFile: string): Promise<void> {
  if (onPath('go') === null) {
    throw new LocalProblem(
      'No Temporal was found, and without "go" on the PATH none can be built.',
      'Install the Temporal CLI (or Go 1.23 or newer), or set TEMPORAL_ADDRESS to a server of yours.',
    );
  }
  requireDisk(folder, 4);
  const env = environmentWith({ GOBIN: folder, GOTOOLCHAIN: 'local' });
  const code = await runToEnd('go', ['install', `github.com/temporalio/cli/cmd/temporal@v${CLI_VERSION}`], logFile, {
    env,
  });
  if (code !== 0) throw new LocalProblem("Go could not build Temporal's CLI.", `Its log says why: ${logFile}`);
}
