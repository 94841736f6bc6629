/** ESM-only packages that Jest must compile to CommonJS, because its own ESM needs a newer Node than ours. */
const esm =
  '@nestjs|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit|uuid|jose|temporal-polyfill|temporal-utils|oidc-provider|openid-client|oauth4webapi';

const shared = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.(t|j|mj)s$': '@swc/jest' },
  transformIgnorePatterns: [`/node_modules/(?!(${esm})/)`],
  moduleNameMapper: {
    '^#(contracts|domain|calendar|messaging|proving|persistence|platform|testing)$': '<rootDir>/libs/$1/src/index.ts',
    '^#workflows$': '<rootDir>/workflows/src/index.ts',
    '^#local$': '<rootDir>/deploy/local/src/index.ts',
  },
  globalTeardown: '<rootDir>/libs/testing/src/global-teardown.ts',
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.motcua/', '<rootDir>/.motcua-replay/'],
};

/** `pure` needs nothing; `servers` runs against the real PostgreSQL, Kafka and Temporal that its global set-up starts. */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: 'pure',
      globalSetup: '<rootDir>/libs/testing/src/global-setup-pure.ts',
      testMatch: ['<rootDir>/{apps,libs,workflows,deploy,test}/**/*.spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '\\.(db|kafka|flow|workflow|e2e)\\.spec\\.ts$'],
    },
    {
      ...shared,
      displayName: 'servers',
      testMatch: ['<rootDir>/{apps,libs,workflows,deploy,test}/**/*.{db,kafka,flow,workflow,e2e}.spec.ts'],
      globalSetup: '<rootDir>/libs/testing/src/global-setup.ts',
    },
  ],
};
