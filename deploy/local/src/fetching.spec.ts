import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import fs, { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { cacheFolder, requireDisk } from './cache';
import { kafkaJars } from './kafka';
import { temporalCli } from './temporal';

const GIGABYTE = 1024 ** 3;
const before = { ...process.env };
let folder: string;
let logFile: string;
let reported: string[];
const report = (step: string) => void reported.push(step);

/** A machine on which nothing is installed and nothing was ever fetched. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-bare-'));
  logFile = join(folder, 'logs', 'fetch.log');
  reported = [];
  mkdirSync(join(folder, 'bin'));
  process.env.PATH = join(folder, 'bin');
  process.env.XDG_CACHE_HOME = join(folder, 'cache');
  process.env.MOTCUA_DOWNLOADS = 'off';
  delete process.env.KAFKA_HOME;
});

afterEach(() => {
  jest.restoreAllMocks();
  for (const name of ['PATH', 'XDG_CACHE_HOME', 'KAFKA_HOME', 'MOTCUA_DOWNLOADS']) {
    if (before[name] === undefined) Reflect.deleteProperty(process.env, name);
    else process.env[name] = before[name];
  }
  rmSync(folder, { recursive: true });
});

/** A program on the PATH that leaves a trace when it is run. */
function install(program: string): { wasRun: () => boolean } {
  const trace = join(folder, `${program}-was-run`);
  writeFileSync(join(folder, 'bin', program), `#!/bin/sh\n: > '${trace}'\nexit 1\n`, { mode: 0o755 });
  return { wasRun: () => existsSync(trace) };
}

function leaveFree(gigabytes: number): jest.SpyInstance {
  const bsize = 4096;
  const stats = Object.assign(fs.statfsSync(tmpdir()), { bsize, bavail: (gigabytes * GIGABYTE) / bsize });
  return jest.spyOn(fs, 'statfsSync').mockReturnValue(stats);
}

test('without Java, Kafka says that it needs it and what to do', async () => {
  await expect(kafkaJars(logFile, report)).rejects.toThrow(
    'Kafka needs Java 17 or newer, and no "java" is on the PATH. Install a JDK, or set KAFKA_BROKERS to a Kafka of yours.',
  );
});

test('without Maven, Kafka says how it comes and what to do', async () => {
  install('java');

  await expect(kafkaJars(logFile, report)).rejects.toThrow(
    'kafka_2.13 comes through Maven, and no "mvn" is on the PATH. ' +
      'Install Maven, or point KAFKA_HOME or KAFKA_BROKERS to a Kafka of yours.',
  );
});

test('when Maven fails, its log is named and no half-filled folder is taken for Kafka later', async () => {
  install('java');
  const maven = install('mvn');

  await expect(kafkaJars(logFile, report)).rejects.toThrow(
    `Maven could not get kafka_2.13 4.4.0. Its log says why: ${logFile}`,
  );

  expect(maven.wasRun()).toBe(true);
  expect(existsSync(join(cacheFolder(), 'kafka-4.4.0'))).toBe(false);
});

test('a KAFKA_HOME without a Kafka is named', async () => {
  install('java');
  process.env.KAFKA_HOME = join(folder, 'nothing-here');

  await expect(kafkaJars(logFile, report)).rejects.toThrow(
    `KAFKA_HOME is set to ${join(folder, 'nothing-here')}, where no Kafka is. Correct it or unset it.`,
  );
});

test('without Temporal, a kept one and Go, it says that none can be built and what to do', async () => {
  await expect(temporalCli(logFile, report)).rejects.toThrow(
    'No Temporal was found, and without "go" on the PATH none can be built. ' +
      'Install the Temporal CLI (or Go 1.23 or newer), or set TEMPORAL_ADDRESS to a server of yours.',
  );
});

test('a Temporal on the PATH is taken, though Go could build one', async () => {
  install('temporal');
  const go = install('go');

  const { program } = await temporalCli(logFile, report);

  expect(program).toBe(join(folder, 'bin', 'temporal'));
  expect(go.wasRun()).toBe(false);
});

test('a Temporal kept from an earlier start is taken before one is built', async () => {
  const kept = join(cacheFolder(), 'temporal-cli-1.5.1');
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, 'temporal'), '');
  const go = install('go');

  expect((await temporalCli(logFile, report)).program).toBe(join(kept, 'temporal'));
  expect(go.wasRun()).toBe(false);
});

test('Go builds nothing when less than 4 GB are free, and the sentence says how much is', async () => {
  const go = install('go');
  leaveFree(3.9);

  await expect(temporalCli(logFile, report)).rejects.toThrow(
    `Only 3.9 GB of disk are free at ${folder}; 4 GB are needed. Free some space and start again.`,
  );
  expect(go.wasRun()).toBe(false);
});

test('with 4 GB free Go builds; when it fails its log is named', async () => {
  const go = install('go');
  leaveFree(4);

  await expect(temporalCli(logFile, report)).rejects.toThrow(
    `Go could not build Temporal's CLI. Its log says why: ${logFile}`,
  );

  expect(go.wasRun()).toBe(true);
  expect(reported).toEqual(["building Temporal's CLI 1.5.1 with Go: three to five minutes, this once"]);
});

test('the disk asked is the one the folder will lie on', () => {
  const asked = leaveFree(10);

  requireDisk(join(folder, 'not', 'there', 'yet'), 4);

  expect(asked).toHaveBeenCalledWith(folder);
});

/** A place that holds files by their names, as a mirror does. */
async function mirror(files: Readonly<Record<string, Buffer | string>>): Promise<{ close: () => void }> {
  const server = createServer((request, response) => {
    const file = files[basename(request.url ?? '')];
    response.statusCode = file === undefined ? 404 : 200;
    response.end(request.method === 'HEAD' ? undefined : file);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  process.env.MOTCUA_DOWNLOADS = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  process.env.PATH = `${join(folder, 'bin')}:${before.PATH}`;
  return { close: () => server.close() };
}

/** An archive with one file in it. */
function archived(path: string): Buffer {
  const content = join(folder, 'content');
  mkdirSync(dirname(join(content, path)), { recursive: true });
  writeFileSync(join(content, path), '');
  return execFileSync('tar', ['-cz', '-C', content, '.'], { env: before });
}

const kafkaArchive = 'kafka_2.13-4.4.0.tgz';

test('an official archive that is what its makers published is unpacked and taken, and kept for the next start', async () => {
  const bytes = archived('kafka_2.13-4.4.0/libs/kafka.jar');
  const sha512 = createHash('sha512').update(bytes).digest('hex').toUpperCase();
  const published = `${kafkaArchive}: ${(sha512.match(/.{8}/g) ?? []).join(' ')}\n`;
  const place = await mirror({ [kafkaArchive]: bytes, [`${kafkaArchive}.sha512`]: published });

  const jars = await kafkaJars(logFile, report);
  place.close();

  expect(jars.how).toBe('Apache Kafka 4.4.0, from archive.apache.org');
  expect(existsSync(join(jars.folder, 'kafka.jar'))).toBe(true);
  expect(await kafkaJars(logFile, report)).toEqual({
    folder: jars.folder,
    how: 'Apache Kafka 4.4.0, kept from an earlier start',
  });
});

test('an archive that is not what was published is refused and not kept', async () => {
  const place = await mirror({ [kafkaArchive]: archived('x'), [`${kafkaArchive}.sha512`]: `${'0'.repeat(128)}  x\n` });

  await expect(kafkaJars(logFile, report)).rejects.toThrow(/is not what its makers published \(sha512\)/);
  place.close();

  expect(existsSync(join(cacheFolder(), 'kafka-4.4.0-official'))).toBe(false);
});

test('where the official place cannot be reached, the next way is taken', async () => {
  const place = await mirror({});
  process.env.PATH = join(folder, 'bin');
  install('java');

  await expect(kafkaJars(logFile, report)).rejects.toThrow('comes through Maven');
  place.close();
});
