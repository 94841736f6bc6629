#!/usr/bin/env node
// The one door: `npm start`, `npm test` and `npx motcua ...`. Node's own modules only, because the packages may not be there.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const startedAt = Date.now();
/** More than so many red files are no accident of a busy machine. */
const MOST_ASKED_AGAIN = 5;
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

/**
 * All tests, with the servers they need, and one line of totals that machines read. What needs no server has processes of its own,
 * so that neither keeps the memory of all; of the others two go side by side, for each waits much of its time. A few files that are red
 * among the others are asked once more, one after another, and named whatever comes of it: on a busy machine a wait may be too
 * short, and a defect is red again.
 */
async function test() {
  const passes =
    parameters.length > 0
      ? [parameters]
      : [
          ['--selectProjects', 'pure', '--maxWorkers=100%', '--workerIdleMemoryLimit=2GB'],
          ['--selectProjects', 'servers', '--maxWorkers=2', '--workerIdleMemoryLimit=3GB'],
        ];
  const files = new Map();
  let broken = false;
  for (const pass of passes) broken = !(await jest(pass, files)) || broken;
  const red = [...files.values()].filter(({ status }) => status === 'failed').map(({ name }) => name);
  if (parameters.length === 0 && red.length > 0 && red.length <= MOST_ASKED_AGAIN) {
    await jest(['--runInBand', '--runTestsByPath', ...red], files);
    for (const name of red) {
      const { status } = files.get(name);
      tell(
        `${relative(project, name)}: red among the others, ${status === 'failed' ? 'red' : 'green (unstable)'} by itself`,
      );
    }
  }
  const results = [...files.values()];
  const tests = results.flatMap(({ assertionResults }) => assertionResults);
  const passed = tests.filter(({ status }) => status === 'passed').length;
  const failedFiles = results.filter(({ status }) => status === 'failed');
  // A file that could not even be run counts as one.
  const brokenFiles = failedFiles.filter(({ assertionResults }) => assertionResults.length === 0).length;
  const failed = tests.filter(({ status }) => status === 'failed').length + brokenFiles + (broken ? 1 : 0);
  if (failedFiles.length > 0) tell(`${failedFiles.length} test files failed`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
}

/** Runs some test files, and adds what became of each; false where Jest broke off, or failed of something that is no test. */
async function jest(words, files) {
  const results = join(project, 'node_modules', '.motcua-test-results.json');
  rmSync(results, { force: true }); // What a crashed run leaves must not be an earlier run's totals.
  const program = join(project, 'node_modules', 'jest', 'bin', 'jest.js');
  const more = ['--max-old-space-size=8192', program, '--ci', '--json', `--outputFile=${results}`];
  const code = await run(process.execPath, [...more, ...words], { quietOutput: true });
  if (!existsSync(results)) return false;
  const { testResults, numFailedTestSuites } = JSON.parse(readFileSync(results, 'utf8'));
  for (const result of testResults) files.set(result.name, result);
  return code === 0 || numFailedTestSuites > 0;
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
