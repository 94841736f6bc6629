import { isIP } from 'node:net';
import type { Request } from 'express';
import { StartRefused } from '#platform';
import type { GatewaySettings } from '../gateway.settings';

/** Thrown when it is not said, or not understood, who is believed about where callers come from. */
export class TrustProxyUnclear extends StartRefused {
  readonly code = 'TRUST_PROXY_UNCLEAR';

  constructor(readonly problem: string) {
    super(
      `TRUST_PROXY ${problem}. Say how many proxies are in front (1), or their addresses or networks, separated by commas ` +
        '(10.0.0.5, 10.1.0.0/16, loopback), or "none" where callers connect to this process themselves. Otherwise everybody would ' +
        'seem to come from one address, and what limits one would limit all.',
    );
  }
}

/**
 * Whom Express believes about the caller's address (its setting `trust proxy`). https is mostly ended by a proxy in front, so
 * there it has to be said.
 *
 * @throws TrustProxyUnclear
 */
export function trustedProxies({
  PUBLIC_URL,
  TRUST_PROXY,
}: Pick<GatewaySettings, 'PUBLIC_URL' | 'TRUST_PROXY'>): number | string[] | false {
  if (TRUST_PROXY === undefined) {
    if (new URL(PUBLIC_URL).protocol === 'https:') throw new TrustProxyUnclear('is not set, and PUBLIC_URL is https');
    return false;
  }
  const said = TRUST_PROXY.trim();
  if (said === 'none') return false;
  if (/^[1-9]$/.test(said)) return Number(said);
  const proxies = said.split(',').map((proxy) => proxy.trim());
  if (!proxies.every(isProxy)) throw new TrustProxyUnclear(`is not understood: "${said}"`);
  return proxies;
}

/** A name that Express knows, an address, or a network that is not everybody. */
function isProxy(said: string): boolean {
  if (/^(loopback|linklocal|uniquelocal)$/.test(said)) return true;
  const [address = '', bits, ...more] = said.split('/');
  const longest = { 0: 0, 4: 32, 6: 128 }[isIP(address)] ?? 0;
  const isNetwork = bits === undefined || (/^[1-9]\d*$/.test(bits) && Number(bits) <= longest);
  return longest > 0 && isNetwork && more.length === 0;
}

/**
 * What a caller is counted by wherever addresses are counted: their address, as far as proxies are believed. IPv6 by the /64 that
 * a subscriber is given whole, an IPv4 address written as IPv6 as what it is.
 */
export function addressOf({ ip }: Pick<Request, 'ip'>): string {
  const address = (ip ?? '').replace(/%.*$/, '').toLowerCase();
  if (isIP(address) !== 6) return address || 'unknown';
  const groups = groupsOf(address);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return [groups[6], groups[7]].map((group = 0) => `${group >> 8}.${group & 0xff}`).join('.');
  }
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** Where an address of {@link addressOf} is from, and not which computer: IPv4 by the /24, IPv6 by the /48; null for none of both. */
export function networkOf(address: string): string | null {
  if (isIP(address) === 4) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  return address.endsWith('::/64') ? `${address.split(':').slice(0, 3).join(':')}::/48` : null;
}

/** The eight groups of an IPv6 address, which URL writes in one way whoever wrote it. */
function groupsOf(address: string): readonly number[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const numbers = (part = '') => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const [before, after] = [numbers(head), numbers(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}
