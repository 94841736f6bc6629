import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSigningKey, signToken, type ServiceName } from '#platform';

/** Where the keys of a stack lie. Private ones are readable by their owner alone. */
export interface Keys {
  readonly issuer: string;
  readonly clock: string;
  readonly oversight: string;
  /** Public halves of all of them. */
  readonly trusted: string;
  /** Wraps each dossier's data key. Lost, applicants' data is lost. */
  readonly dossier: string;
}

const signers = ['issuer', 'clock', 'oversight'] as const;

export function keysIn(dataFolder: string): Keys {
  const at = (name: string) => join(dataFolder, 'keys', name);
  return {
    issuer: at('issuer.jwk'),
    clock: at('clock.jwk'),
    oversight: at('oversight.jwk'),
    trusted: at('trusted.jwks'),
    dossier: at('dossier.key'),
  };
}

/** Makes the keys of a stack at its first start; later starts find them. */
export async function provideKeys(dataFolder: string): Promise<Keys> {
  const keys = keysIn(dataFolder);
  if (existsSync(keys.trusted)) return keys;
  mkdirSync(join(dataFolder, 'keys'), { recursive: true, mode: 0o700 });
  const made = await Promise.all(signers.map(async (name) => ({ name, ...(await newSigningKey(name)) })));
  for (const { name, privateJwk } of made) writeFileSync(keys[name], JSON.stringify(privateJwk), { mode: 0o600 });
  writeFileSync(keys.dossier, randomBytes(32).toString('base64'), { mode: 0o600 });
  // Last, because its presence says that all are there.
  writeFileSync(keys.trusted, JSON.stringify({ keys: made.map(({ publicJwk }) => publicJwk) }));
  return keys;
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
  audience: readonly ServiceName[] = ['desk', 'oversight'],
): Promise<string> {
  const key = JSON.parse(readFileSync(keys.issuer, 'utf8')) as Parameters<typeof signToken>[0];
  return signToken(key, { sub: officialId, post: postId, office: officeId, audience });
}
