import type { Request } from 'express';
import { addressOf, networkOf, trustedProxies } from './addresses';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::FFFF:cb00:7107', '203.0.113.7'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  [undefined, 'unknown'],
])('%s counts as %s', (ip, counted) => {
  expect(addressOf({ ip } as Pick<Request, 'ip'>)).toBe(counted);
});

const https = 'https://motcua.example';
test.each([
  ['none', false],
  ['1', 1],
  [' 10.0.0.5, 10.1.0.0/16,loopback ', ['10.0.0.5', '10.1.0.0/16', 'loopback']],
  ['2001:db8::/32', ['2001:db8::/32']],
])('TRUST_PROXY %s', (TRUST_PROXY, trusted) => {
  expect(trustedProxies({ PUBLIC_URL: https, TRUST_PROXY })).toEqual(trusted);
});

test.each(['0', 'true', '99', 'proxy.example', '10.0.0.0/33', '0.0.0.0/0', '::/0', 'none, 10.0.0.1', '10.0.0.1,'])(
  'TRUST_PROXY %s is refused rather than guessed',
  (TRUST_PROXY) => {
    expect(() => trustedProxies({ PUBLIC_URL: https, TRUST_PROXY })).toThrow('TRUST_PROXY');
  },
);

test('with https it has to be said, on this machine not', () => {
  expect(() => trustedProxies({ PUBLIC_URL: https })).toThrow('is not set');
  expect(trustedProxies({ PUBLIC_URL: 'http://localhost:7400' })).toBe(false);
});

test('a network says where from, and not which computer', () => {
  const networks = ['10.1.2.3', '2001:db8:7:1::99', '::ffff:10.1.2.3', undefined].map((ip) =>
    networkOf(addressOf({ ip })),
  );
  expect(networks).toEqual(['10.1.2.0/24', '2001:db8:7::/48', '10.1.2.0/24', null]);
});
