const pure = require('../jest.config.cjs').projects.find(({ displayName }) => displayName === 'pure');

/** What Stryker runs: the tests beside the parts that it changes. */
module.exports = {
  ...pure,
  testMatch: ['<rootDir>/{libs/calendar,libs/domain,workflows,apps/clock}/**/*.spec.ts'],
  testPathIgnorePatterns: [...pure.testPathIgnorePatterns, 'workflows/src/(build|replay)'],
};
