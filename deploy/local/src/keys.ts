import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSigningKey, signToken, type ServiceName } from '#platform';

/** Where the keys of a stack lie. Private ones are readable by their owner alone. */
export interface Keys {
  readonly issuer: string;
  readonly clock: string;
  readonly oversight: string;
  readonly gateway: string;
  /** Public halves of all of them. */
  readonly trusted: string;
  /** Wraps each dossier's data key. Lost, applicants' data is lost. */
  readonly dossier: string;
  /** 32 bytes, from which the gateway derives the keys of its cookies. */
  readonly gatewaySecret: string;
  /** The private keys that the embedded OpenID provider signs with. */
  readonly provider: string;
}

const signers = ['issuer', 'clock', 'oversight', 'gateway'] as const;

export function keysIn(dataFolder: string): Keys {
  const at = (name: string) => join(dataFolder, 'keys', name);
  return {
    issuer: at('issuer.jwk'),
    clock: at('clock.jwk'),
    oversight: at('oversight.jwk'),
    gateway: at('gateway.jwk'),
    trusted: at('trusted.jwks'),
    dossier: at('dossier.key'),
    gatewaySecret: at('gateway.secret'),
    provider: at('provider.jwks'),
  };
}

/**
 * Makes the keys of a stack at its first start; later starts find them. A key that is there is never written again: with
 * another dossier key the applicants' data could not be read any more. The trusted keys follow from the private ones.
 */
export async function provideKeys(dataFolder: string): Promise<Keys> {
  const keys = keysIn(dataFolder);
  mkdirSync(join(dataFolder, 'keys'), { recursive: true, mode: 0o700 });
  if (!existsSync(keys.dossier)) writeNew(keys.dossier, randomBytes(32).toString('base64'));
  if (!existsSync(keys.gatewaySecret)) writeNew(keys.gatewaySecret, randomBytes(32).toString('base64'));
  if (!existsSync(keys.provider)) writeNew(keys.provider, JSON.stringify({ keys: [newProviderKey()] }));
  for (const name of signers) {
    if (!existsSync(keys[name])) writeNew(keys[name], JSON.stringify((await newSigningKey(name)).privateJwk));
  }
  provideTrusted(keys);
  return keys;
}

/** The public halves of our own keys, beside whatever else is trusted here already. */
function provideTrusted(keys: Keys): void {
  const ours = signers.map((name) => publicHalf(keys[name]));
  const trusted = existsSync(keys.trusted) ? trustedIn(keys.trusted) : [];
  const others = trusted.filter(({ kid }) => !ours.some((own) => own.kid === kid));
  const isThere = (own: PublicKey) => trusted.some(({ kid, x }) => kid === own.kid && x === own.x);
  if (!ours.every(isThere)) writeFileSync(keys.trusted, JSON.stringify({ keys: [...ours, ...others] }));
}

interface PublicKey {
  readonly kid: string;
  readonly x: string;
}

function trustedIn(path: string): readonly PublicKey[] {
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly keys: readonly PublicKey[] }).keys;
}

/** OpenID clients expect RSA unless they are told otherwise. */
function newProviderKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 3_072 });
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg: 'RS256' };
}

/** Refuses to replace a file, even one that somebody else has made this moment. */
function writeNew(path: string, text: string): void {
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
}

function publicHalf(privateKeyFile: string): PublicKey {
  const key = JSON.parse(readFileSync(privateKeyFile, 'utf8')) as PublicKey & { d?: string };
  delete key.d;
  return key;
}

/** Whom a token speaks for. */
export interface TokenHolder {
  readonly officialId: string;
  readonly postId: string;
  readonly officeId: string;
}

/** A token for an official, as sign-in will issue it: it holds for five minutes. */
export async function issueToken(
  keys: Keys,
  { officialId, postId, officeId }: TokenHolder,
  audience: readonly ServiceName[] = ['desk', 'clock', 'oversight', 'gateway'],
): Promise<string> {
  const key = JSON.parse(readFileSync(keys.issuer, 'utf8')) as Parameters<typeof signToken>[0];
  // Whoever can read the issuer's key shows by that who they are, now.
  const authenticatedAt = 'now';
  return signToken(key, { sub: officialId, post: postId, office: officeId, authenticatedAt, audience });
}
