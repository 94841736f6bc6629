import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { KeyFileInvalid, readKeyText } from '../key-file';
import { SERVICE_NAMES, type ServiceName } from './caller';

/** How long a token holds; a token that claims longer is not accepted. */
export const TOKEN_LIFETIME_S = 300;

/** A token is renewed while it still holds this long, so that none expires on its way. */
const RENEW_BEFORE_S = 60;

/** Whom a token speaks for, and to which services. `post`, `office` and `authenticatedAt` are a person's. */
export interface TokenClaims {
  readonly sub: string;
  readonly post?: string;
  readonly office?: string;
  /** When the person last showed who they are (`auth_time`); left out or null: nobody can say. */
  readonly authenticatedAt?: Date | 'now' | null;
  readonly audience: ServiceName | readonly ServiceName[];
}

/** Both halves of a key that signs tokens: the private one for its owner's file, the public one for the trusted keys. */
export interface SigningKey {
  readonly privateJwk: JWK;
  readonly publicJwk: JWK;
}

/** A new Ed25519 key for an issuer of tokens: `issuer`, or a service's name. */
export async function newSigningKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const described = { kid, alg: 'EdDSA', use: 'sig' };
  return {
    privateJwk: { ...(await exportJWK(privateKey)), ...described },
    publicJwk: { ...(await exportJWK(publicKey)), ...described },
  };
}

/** A token that holds for five minutes of real time from `now`; the key's `kid` says who signed it. */
export async function signToken(privateJwk: JWK, claims: TokenClaims, now = new Date()): Promise<string> {
  const { sub, post, office, authenticatedAt, audience } = claims;
  const { kid } = privateJwk;
  if (kid === undefined) throw new TypeError('A key that signs tokens needs a kid.');
  const issuedAt = Math.floor(now.getTime() / 1000);
  const seenAt = authenticatedAt === 'now' ? now : authenticatedAt;
  const authTime = seenAt ? { auth_time: Math.floor(seenAt.getTime() / 1000) } : {};
  return new SignJWT({ post, office, ...authTime })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'JWT' })
    .setSubject(sub)
    .setAudience([audience].flat())
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + TOKEN_LIFETIME_S)
    .sign(await importJWK(privateJwk, 'EdDSA'));
}

/**
 * Tokens with which a service speaks for itself; one is used until it nears its end.
 *
 * @param now real time in milliseconds since 1970
 * @throws KeyFileInvalid at once, when the file does not hold the private key of a service.
 */
export function serviceTokens(
  privateKeyFile: string,
  audience: TokenClaims['audience'],
  now: () => number = Date.now,
): () => Promise<string> {
  const { privateJwk, service } = readServiceKey(privateKeyFile);
  let held: { readonly token: Promise<string>; readonly renewAtMs: number } | null = null;
  return () => {
    if (held === null || now() >= held.renewAtMs) {
      const token = signToken(privateJwk, { sub: `service:${service}`, audience }, new Date(now()));
      held = { token, renewAtMs: now() + (TOKEN_LIFETIME_S - RENEW_BEFORE_S) * 1000 };
    }
    return held.token;
  };
}

function readServiceKey(path: string): { privateJwk: JWK; service: ServiceName } {
  const privateJwk = parsedJwk(path);
  const service = SERVICE_NAMES.find((name) => privateJwk.kid?.split('.')[0] === name);
  if (service === undefined)
    throw new KeyFileInvalid(path, `holds a key whose kid is none of ${SERVICE_NAMES.join(', ')}`);
  if (privateJwk.crv !== 'Ed25519' || privateJwk.d === undefined) {
    throw new KeyFileInvalid(path, 'holds no private Ed25519 key');
  }
  return { privateJwk, service };
}

function parsedJwk(path: string): JWK {
  try {
    const jwk: unknown = JSON.parse(readKeyText(path));
    if (typeof jwk === 'object' && jwk !== null) return jwk;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new KeyFileInvalid(path, 'is no JSON Web Key');
}
