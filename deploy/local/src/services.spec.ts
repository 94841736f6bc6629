import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '#testing';
import { supervise, untilReady, type SupervisedService } from './services';

let folder: string;
let service: SupervisedService | undefined;
let reported: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'motcua-services-'));
  reported = [];
});

afterEach(async () => {
  await service?.stop();
  rmSync(folder, { recursive: true });
});

/** A service that notes the instant of each of its starts and then does what the code says. */
function start(code: string): SupervisedService {
  const program = join(folder, 'service.js');
  writeFileSync(program, `require('node:fs').appendFileSync(process.env.STARTS, Date.now() + '\\n');\n${code}`);
  const settings = { STARTS: join(folder, 'starts') };
  const plan = { name: 'desk', program, settings, url: 'http://127.0.0.1:1', givesWay: false };
  service = supervise(plan, folder, (step) => reported.push(step));
  return service;
}

function starts(): number[] {
  const path = join(folder, 'starts');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n').map(Number) : [];
}

const endedWith = (how: string, seconds: string) =>
  `desk ended (${how}); starting it again in ${seconds} s. Log: ${join(folder, 'logs', 'desk.log')}`;

test('a service that dies at once is started again after pauses that grow, and each time it is said', async () => {
  start('process.exit(3)');

  await eventually(() => expect(starts().length).toBeGreaterThanOrEqual(4));

  expect(reported.slice(0, 3)).toEqual([
    endedWith('exit code 3', '0.2'),
    endedWith('exit code 3', '0.4'),
    endedWith('exit code 3', '0.8'),
  ]);
  const [first = 0, second = 0, third = 0, fourth = 0] = starts();
  expect(second - first).toBeGreaterThanOrEqual(200);
  expect(third - second).toBeGreaterThanOrEqual(400);
  expect(fourth - third).toBeGreaterThanOrEqual(800);
});

test('a service that is killed comes back', async () => {
  start('setInterval(() => undefined, 1000)');
  await eventually(() => expect(starts()).toHaveLength(1));

  await service!.kill();

  await eventually(() => expect(starts()).toHaveLength(2));
  expect(reported).toEqual([endedWith('signal SIGKILL', '0.2')]);
});

test('a service that is stopped stays stopped, and nothing is said', async () => {
  start('setInterval(() => undefined, 1000)');
  await eventually(() => expect(starts()).toHaveLength(1));

  await service!.stop();

  expect(reported).toEqual([]);
  expect(starts()).toHaveLength(1);
});

test('a service that is stopped while it waits for its next start does not start again', async () => {
  start('process.exit(3)');
  await eventually(() => expect(reported).toHaveLength(2));
  const before = starts().length;

  await service!.stop();

  expect(starts()).toHaveLength(before);
});

test('what a service prints is in its log', async () => {
  start("console.log('the desk is open'); setInterval(() => undefined, 1000)");

  await eventually(() => expect(readFileSync(join(folder, 'logs', 'desk.log'), 'utf8')).toContain('the desk is open'));
});

test('a service is ready when it says so, not when it listens', async () => {
  start(`
    const server = require('node:http').createServer((_, answer) => {
      answer.statusCode = require('node:fs').existsSync(process.env.STARTS + '-ready') ? 200 : 503;
      answer.end();
    });
    server.listen(0, '127.0.0.1', () => console.log('port ' + server.address().port));
  `);
  const port = await eventually(() => {
    const [, found] = /port (\d+)/.exec(readFileSync(join(folder, 'logs', 'desk.log'), 'utf8')) ?? [];
    expect(found).toBeDefined();
    return found!;
  });
  const url = `http://127.0.0.1:${port}`;
  let ready = false;
  const waiting = untilReady({ ...service!, url }, folder).then(() => (ready = true));

  await eventually(async () => expect((await fetch(url)).status).toBe(503));
  expect(ready).toBe(false);
  writeFileSync(join(folder, 'starts-ready'), '');

  await waiting;
});
