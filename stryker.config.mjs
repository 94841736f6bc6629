// Mutation testing of the pure parts: is every line there that a test would miss? `npm run test:mutation`; see test/README.md.
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner'],
  jest: { projectType: 'custom', configFile: 'test/jest.pure.cjs' },
  coverageAnalysis: 'perTest',
  mutate: [
    'libs/calendar/src/*.ts',
    'libs/domain/src/{rungs,dossier,fold,holding,suspension,escalations,decide,extension,calendar-in-force,deadlines}.ts',
    'libs/domain/src/{life,lateness,policy,transitions,organisation}.ts',
    'workflows/src/watch.ts',
    'apps/clock/src/telling/telling.ts',
    '!**/*.spec.ts',
  ],
  ignorePatterns: ['dist', '.motcua', '.motcua-replay', 'reports'],
  concurrency: 1,
  timeoutMS: 60_000,
  reporters: ['clear-text', 'progress'],
  clearTextReporter: { allowColor: false, logTests: false },
  tempDirName: join(tmpdir(), 'motcua-mutation'),
  thresholds: { high: 95, low: 85, break: null },
};
