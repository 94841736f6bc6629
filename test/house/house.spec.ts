import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const project = join(__dirname, '../..');

/** Plants one file in the house, asks the import rules about it, and takes it away again. */
function complaintsAbout(file: string, code: string): string {
  const folder = join(project, dirname(file));
  mkdirSync(folder, { recursive: true });
  const planted = mkdtempSync(join(folder, 'planted-'));
  const path = join(planted, 'planted.ts');
  writeFileSync(path, code);
  try {
    execFileSync(
      process.execPath,
      [
        'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
        '--config',
        '.dependency-cruiser.cjs',
        relative(project, path),
      ],
      { cwd: project, encoding: 'utf8', stdio: 'pipe' },
    );
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  } finally {
    rmSync(planted, { recursive: true });
  }
}

test.each([
  [
    'an app that imports another app',
    'apps/clock/src/x',
    "import '../../../desk/src/desk.settings';",
    'no-app-into-app',
  ],
  [
    'a library that imports an app',
    'libs/domain/src/x',
    "import '../../../../apps/desk/src/desk.settings';",
    'no-lib-into-app',
  ],
  ['a path into a library', 'apps/desk/src/x', "import '../../../../libs/domain/src/dossier';", 'no-reaching-inside'],
  ['a framework in a pure library', 'libs/domain/src/x', "import '@nestjs/common';", 'pure-stays-pure'],
  ['the database in the workflow', 'workflows/src/x', "import 'pg';", 'workflows-are-deterministic'],
  ['arithmetic on dates at the desk', 'apps/desk/src/x', "import 'temporal-polyfill';", 'dates-in-calendar-only'],
  ['Temporal’s client at the desk', 'apps/desk/src/x', "import '@temporalio/client';", 'temporal-in-clock-only'],
  ['Kafka outside of messaging', 'apps/desk/src/x', "import 'kafkajs';", 'kafka-in-messaging-only'],
  [
    'a library of ours in the console',
    'apps/console/src/x',
    "import '../../../../libs/domain/src';",
    'console-stands-alone',
  ],
  ['React outside of the console', 'apps/gateway/src/x', "import 'react';", 'react-in-console-only'],
  ['sign-in outside of the gateway', 'apps/desk/src/x', "import 'openid-client';", 'sign-in-in-gateway-only'],
])('%s is found', (_, file, code, rule) => {
  expect(complaintsAbout(file, code)).toContain(rule);
});

test('what the house allows is not complained about', () => {
  expect(complaintsAbout('apps/desk/src/x', "import '#domain';")).toBe('');
});
