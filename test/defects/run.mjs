#!/usr/bin/env node
// Are the tests able to fail? Plants one defect after the other in a copy of the project and runs the one test that must
// find it: `npm run test:defects`, or with the first letters of some patches for those only.
import { execFileSync, spawn } from 'node:child_process';
import { closeSync, cpSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const project = resolve(here, '../..');
const RUN_LIMIT_MS = 5 * 60_000;

const table = JSON.parse(readFileSync(join(here, 'defects.json'), 'utf8'));
const wanted = process.argv.slice(2);
const defects = table.defects.filter(
  ({ patch }) => wanted.length === 0 || wanted.some((name) => patch.startsWith(name)),
);

const folder = mkdtempSync(join(tmpdir(), 'motcua-defects-'));
const copy = join(folder, 'copy');
/** Beside it, because PostgreSQL may run as another user, who enters no folder of ours. */
const serversFolder = mkdtempSync(join(tmpdir(), 'motcua-servers-'));
let servers = null;
try {
  copyProject();
  if (defects.some(({ project }) => project === 'servers')) servers = await serversForAll();
  process.exitCode = (await soundWithoutPatch()) && (await allFound()) ? 0 : 1;
} finally {
  await servers?.stop();
  for (const made of [folder, serversFolder]) rmSync(made, { recursive: true, force: true });
}

/** Every file that git knows or would take up, as it lies here. What was built is for Jest's set-up alone: tests run sources. */
function copyProject() {
  const files = git(project, 'ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0');
  for (const file of files.filter((file) => file !== '' && existsSync(join(project, file)))) {
    cpSync(join(project, file), join(copy, file));
  }
  for (const shared of ['node_modules', 'dist']) symlinkSync(join(project, shared), join(copy, shared));
}

/** Started once: every run of Jest takes servers whose addresses it is given. */
async function serversForAll() {
  const { startServers } = (await import('#local')).default;
  const started = await startServers({
    dataFolder: serversFolder,
    ports: { postgres: 0, kafka: 0, temporal: 0, temporalUi: 0 },
    report: (step) => console.error(`servers: ${step}`),
  });
  process.env.DATABASE_URL = started.postgres.ownerUrl;
  process.env.KAFKA_BROKERS = started.kafka.brokers.join(',');
  process.env.TEMPORAL_ADDRESS = started.temporal.address;
  return started;
}

/** A test that is red anyway finds nothing. */
async function soundWithoutPatch() {
  const results = [];
  for (const kind of ['pure', 'servers']) {
    const ofKind = defects.filter(({ project }) => project === kind);
    if (ofKind.length > 0) results.push(...(await outcomes(kind, ofKind)));
  }
  const unsound = defects.filter((defect) => find(results, defect)?.status !== 'passed');
  for (const defect of unsound) {
    console.log(`not green without a defect: ${defect.spec}: ${defect.test}`);
    console.log(find(results, defect)?.failureMessages.join('\n') ?? 'it did not run');
  }
  return unsound.length === 0;
}

async function allFound() {
  const rows = [];
  for (const defect of defects) {
    const startedAt = performance.now();
    const verdict = await verdictOn(defect);
    const row = { defect: defect.patch, verdict, seconds: Math.round((performance.now() - startedAt) / 1000) };
    console.log(`${row.verdict.padEnd(10)} ${String(row.seconds).padStart(4)} s  ${defect.patch}`);
    console.log(`                   by ${defect.spec}: ${defect.test}`);
    rows.push(row);
  }
  for (const { defect, reason } of table.notYet) console.log(`not yet            ${defect}: ${reason}`);
  const missed = rows.filter(({ verdict }) => verdict !== 'found').length;
  console.log(`${rows.length - missed} of ${rows.length} defects found.`);
  return missed === 0;
}

/** Found is a defect when its test fails by an assertion: one that does not even run proves nothing. */
async function verdictOn(defect) {
  const patch = join(here, `${defect.patch}.patch`);
  git(copy, 'apply', patch);
  try {
    const result = find(await outcomes(defect.project, [defect]), defect);
    if (result?.status !== 'failed') return 'NOT FOUND';
    const isByAssertion = result.failureMessages.some((message) => /expect\(|Property failed after/.test(message));
    if (!isByAssertion) console.log(result.failureMessages.join('\n'));
    return isByAssertion ? 'found' : 'NOT FOUND';
  } finally {
    git(copy, 'apply', '--reverse', patch);
  }
}

/** What Jest says of these tests alone. */
async function outcomes(kind, ofKind) {
  const report = join(folder, 'report.json');
  rmSync(report, { force: true });
  const names = ofKind.map(({ test }) => test.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const words = [
    'node_modules/jest/bin/jest.js',
    ...new Set(ofKind.map(({ spec }) => spec)),
    ...['--selectProjects', kind, '--testNamePattern', `^(${names.join('|')})$`],
    ...['--json', '--outputFile', report, '--silent', '--forceExit', '--testTimeout', '120000'],
  ];
  const said = openSync(join(folder, 'jest.log'), 'w');
  const jest = spawn(process.execPath, words, { cwd: copy, stdio: ['ignore', said, said], timeout: RUN_LIMIT_MS });
  await new Promise((ended) => jest.once('exit', ended));
  closeSync(said);
  if (!existsSync(report)) {
    console.log(readFileSync(join(folder, 'jest.log'), 'utf8'));
    return [];
  }
  return JSON.parse(readFileSync(report, 'utf8')).testResults.flatMap(({ name, message, assertionResults }) => {
    if (assertionResults.length === 0) console.log(message);
    return assertionResults.map((result) => ({ ...result, spec: name }));
  });
}

function find(results, { spec, test }) {
  return results.find((result) => result.spec.endsWith(spec) && result.fullName === test);
}

function git(folder, ...words) {
  return execFileSync('git', words, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
}
