import { requireOneRequest, requireReachable } from './reachable';

test.each([
  '/dossiers',
  '/dossiers/01932c8e-7c00-7000-8000-0000000000aa/hand-over',
  '/dossiers/01932c8e-7c00-7000-8000-0000000000aa/escalations/1/overdue-1/acknowledgement',
  '/me',
  '/queues/mine',
])('people reach %s', (path) => {
  expect(() => requireReachable('desk', path)).not.toThrow();
});

test.each([
  '/feed',
  '/Feed',
  '/METRICS',
  '/standing-in/lan',
  '/officials/lan',
  '/dossiers/01932c8e-7c00-7000-8000-0000000000aa/escalations',
  '/dossiers/01932c8e-7c00-7000-8000-0000000000aa/Escalations/',
  '/dossiers/../feed',
  '/dossiers/..',
  '/./feed',
  '/dossiers/%2e%2e/feed',
  '/dossiers%2F..%2Ffeed',
  '/dossiers\\..\\feed',
  '//feed',
])('people do not reach %s', (path) => {
  expect(() => requireReachable('desk', path)).toThrow('There is nothing here.');
});

test.each([
  ['POST', { 'content-length': '12' }],
  ['POST', { 'transfer-encoding': 'chunked' }],
  ['GET', {}],
  ['HEAD', { 'content-length': '0' }],
])('a %s with %j is carried', (method, headers) => {
  expect(() => requireOneRequest({ method, headers })).not.toThrow();
});

test.each([
  ['GET', { 'content-length': '44' }, 'brings no body'],
  ['GET', { 'transfer-encoding': 'chunked' }, 'brings no body'],
  ['HEAD', { 'content-length': '1' }, 'brings no body'],
  ['OPTIONS', {}, 'Only GET, HEAD and POST'],
  ['DELETE', { 'transfer-encoding': 'chunked' }, 'Only GET, HEAD and POST'],
])('a %s with %j is not: what follows would be read as the request of the next person', (method, headers, rule) => {
  expect(() => requireOneRequest({ method, headers })).toThrow(rule);
});

test('of the clock people reach audits and what was put aside, nothing else', () => {
  const audit = '/audits/01932c8e-7c00-7000-8000-0000000000aa';

  for (const path of [audit, '/dead-letters', '/dead-letters/12', '/dead-letters/12/discard']) {
    expect(() => requireReachable('clock', path)).not.toThrow();
  }
  for (const path of ['/workflow-checks', '/health/ready', '/metrics', '/dead-letters/x', `${audit}/..`]) {
    expect(() => requireReachable('clock', path)).toThrow('There is nothing here.');
  }
});
