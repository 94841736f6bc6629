/** The house rules of ARCHITECTURE.md, "Imports". `test/house` plants a violation of each and expects it to be found. */

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-app-into-app',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    { name: 'no-lib-into-app', severity: 'error', from: { path: '^(libs|workflows)/' }, to: { path: '^apps/' } },
    {
      name: 'no-reaching-inside',
      comment: 'A library is imported by its one name (#domain), never by a path into it.',
      severity: 'error',
      from: { path: '^(?:libs/)?([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/$1/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'pure-stays-pure',
      severity: 'error',
      from: { path: '^libs/(contracts|domain|calendar)/src/', pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules', pathNot: 'node_modules/(ajv|ajv-formats|temporal-polyfill|canonicalize|@types)/' },
    },
    {
      name: 'workflows-are-deterministic',
      severity: 'error',
      from: { path: '^workflows/src/', pathNot: '(\\.spec\\.ts$|^workflows/src/build/)' },
      to: { path: 'node_modules', pathNot: 'node_modules/@temporalio/(workflow|common)/' },
    },
    {
      name: 'dates-in-calendar-only',
      comment: 'Who reckons with days outside of the calendar gets holidays, zones and the ends of months wrong.',
      severity: 'error',
      from: { pathNot: '^libs/calendar/' },
      to: { path: 'node_modules/temporal-polyfill/' },
    },
    {
      name: 'temporal-in-clock-only',
      severity: 'error',
      from: { pathNot: '^(apps/(clock|cli)|workflows|libs/(testing|proving)|test|deploy)/' },
      to: { path: 'node_modules/@temporalio/(client|worker)/' },
    },
    {
      name: 'kafka-in-messaging-only',
      severity: 'error',
      from: { pathNot: '^(libs/messaging|test/bench/bare)/' }, // The benchmark's reference is kafkajs alone.
      to: { path: 'node_modules/kafkajs/' },
    },
    {
      name: 'console-stands-alone',
      comment: 'The console knows the services by their documents alone.',
      severity: 'error',
      from: { path: '^apps/console/' },
      to: { path: '^(libs|workflows|deploy|apps/(?!console/))' },
    },
    {
      name: 'react-in-console-only',
      severity: 'error',
      from: { pathNot: '^apps/console/' },
      to: { path: 'node_modules/(react|react-dom|@mantine|@tanstack)/' },
    },
    {
      name: 'sign-in-in-gateway-only',
      severity: 'error',
      from: { pathNot: '^apps/gateway/' },
      to: { path: 'node_modules/(oidc-provider|openid-client|@node-rs/argon2)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.base.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'require', 'node', 'default'],
    },
  },
};
