#!/usr/bin/env node
// The one door: `npm start`, `npm test` and `npx motcua ...`. Node's own modules only, because the packages may not be there.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const startedAt = Date.now();
const [command, ...parameters] = process.argv.slice(2);

try {
  requireNode();
  step('install', ['package-lock.json', 'package.json'], ['npm', 'ci', '--no-fund', '--no-audit']);
  step(
    'build',
    ['apps', 'libs', 'workflows', 'deploy', 'test', 'nest-cli.json', '.swcrc', 'package.json'],
    ['npm', 'run', 'build'],
  );
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
if (command === 'test') await test();
else
  process.exitCode = await run(process.execPath, [
    '--enable-source-maps',
    join(project, 'dist/apps/cli/src/main.js'),
    ...process.argv.slice(2),
  ]);

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(
      `Motcua needs Node 20.19 or newer; this is ${process.versions.node}. Install a newer Node and start again.`,
    );
  }
}

/** Runs a preparing step when what it depends on has changed since it last succeeded. */
function step(name, inputs, [program, ...words]) {
  const stamp = join(project, 'node_modules', `.motcua-${name}`);
  const now = fingerprint(inputs);
  const done =
    existsSync(stamp) && readFileSync(stamp, 'utf8') === now && (name !== 'build' || existsSync(join(project, 'dist')));
  if (done) return;
  tell(`${name}: ${[program, ...words].join(' ')}`);
  const { status, stdout, stderr } = spawnSync(program, words, { cwd: project, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) {
    throw new Error(`${stdout}\n${stderr}\nThe step "${name}" failed (see above). Mend it and start again.`);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}

function fingerprint(inputs) {
  const hash = createHash('sha256');
  for (const input of inputs) addTo(hash, join(project, input));
  return hash.digest('hex');
}

function addTo(hash, path) {
  if (statSync(path).isDirectory()) {
    for (const name of readdirSync(path).sort()) addTo(hash, join(path, name));
  } else if (!path.endsWith('.spec.ts')) hash.update(path.slice(project.length)).update(readFileSync(path));
}

/** All tests, with the servers they need, and one line of totals that machines read. */
async function test() {
  const results = join(project, 'node_modules', '.motcua-test-results.json');
  const jest = join(project, 'node_modules', 'jest', 'bin', 'jest.js');
  rmSync(results, { force: true }); // What a crashed run leaves must not be an earlier run's totals.
  const code = await run(process.execPath, [jest, '--ci', '--json', `--outputFile=${results}`, ...parameters], {
    quietOutput: true,
  });
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    numFailedTestSuites = 0,
    testResults = [],
  } = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : {};
  const brokenSuites = testResults.filter(
    ({ assertionResults, status }) => status === 'failed' && assertionResults.length === 0,
  ).length;
  if (numFailedTestSuites > 0) tell(`${numFailedTestSuites} test files failed`);
  console.log(`${numPassedTests} passed, ${numFailedTests + brokenSuites} failed`);
  process.exitCode = code === 0 && numPassedTests === 0 ? 1 : code;
}

/** Runs a program in the foreground; what ends this process ends it too, and is awaited. */
function run(program, words, { quietOutput = false } = {}) {
  const child = spawn(program, words, {
    cwd: command === 'test' ? project : process.cwd(),
    stdio: ['inherit', quietOutput ? 'ignore' : 'inherit', 'inherit'],
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  return new Promise((done) => child.on('exit', (code, signal) => done(code ?? (signal ? 1 : 0))));
}

function tell(text) {
  console.error(`[${((Date.now() - startedAt) / 1000).toFixed(1).padStart(5)} s] ${text}`);
}
