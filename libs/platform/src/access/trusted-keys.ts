import { isNativeError } from 'node:util/types';
import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import { KeyFileInvalid, readKeyText } from '../key-file';
import { type Caller, SERVICE_NAMES, type ServiceName } from './caller';
import { TokenRefused } from './token-refused';
import { TOKEN_LIFETIME_S } from './sign-token';

/** Who may sign tokens: `issuer` (whoever signs people in) for people, each service for itself alone. */
export type TokenIssuer = 'issuer' | ServiceName;

const ISSUERS: readonly string[] = ['issuer', ...SERVICE_NAMES];
const CLOCK_TOLERANCE_S = 5;
/** A token holds for minutes and comes with every request: its signature is checked once. */
const TOKENS_REMEMBERED = 10_000;

/**
 * The public keys of those whose tokens are accepted, from a JSON Web Key Set of Ed25519 keys.
 *
 * A `kid` is the issuer's name, or for a second key while keys change, that name, a dot and a word (`issuer.2027`).
 *
 * @throws KeyFileInvalid for anything else, a private key above all.
 */
export function readTrustedKeys(path: string): JSONWebKeySet {
  const keySet = parsedKeySet(path);
  const kids = keySet.keys.map(({ kid }) => kid);
  if (keySet.keys.length === 0) throw new KeyFileInvalid(path, 'holds no key');
  if (new Set(kids).size !== kids.length) throw new KeyFileInvalid(path, 'holds two keys with the same kid');
  for (const { kid, kty, crv, d } of keySet.keys) {
    if (d !== undefined) throw new KeyFileInvalid(path, 'holds a private key, which belongs to its owner alone');
    if (kty !== 'OKP' || crv !== 'Ed25519') throw new KeyFileInvalid(path, 'holds a key that is not Ed25519');
    if (issuerOf(kid) === null)
      throw new KeyFileInvalid(path, `holds a key whose kid is none of ${ISSUERS.join(', ')}`);
  }
  return keySet;
}

function parsedKeySet(path: string): JSONWebKeySet {
  try {
    const keySet: unknown = JSON.parse(readKeyText(path));
    return createLocalJWKSet(keySet as JSONWebKeySet).jwks(); // It checks the form.
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof errors.JWKSInvalid) {
      throw new KeyFileInvalid(path, 'is no JSON Web Key Set');
    }
    throw error;
  }
}

/** The issuer a key belongs to, by its `kid`; null for a name that is none. */
export function issuerOf(kid: unknown): TokenIssuer | null {
  const name = typeof kid === 'string' ? /^(\w+)(?:\.[\w-]+)?$/.exec(kid)?.[1] : undefined;
  return name !== undefined && ISSUERS.includes(name) ? (name as TokenIssuer) : null;
}

/**
 * Tells who sent a token made out to `audience`.
 *
 * Accepted: EdDSA by a trusted key, issued and expiring within five minutes of each other, now between the two (give or
 * take five seconds). The returned function throws TokenRefused for all else.
 */
export function tokenVerifier(keySet: JSONWebKeySet, audience: ServiceName): (token: string) => Promise<Caller> {
  const keys = createLocalJWKSet(keySet);
  const believed = new Map<string, { readonly caller: Caller; readonly untilMs: number }>();
  return async (token) => {
    const before = believed.get(token);
    if (before && Date.now() < before.untilMs) return before.caller;
    const { payload, protectedHeader } = await jwtVerify(token, keys, {
      algorithms: ['EdDSA'],
      audience,
      maxTokenAge: TOKEN_LIFETIME_S,
      clockTolerance: CLOCK_TOLERANCE_S,
      requiredClaims: ['sub', 'iat', 'exp'],
    }).catch((cause: unknown) => {
      // The token is the only thing here that changes from call to call, so whatever fails, it is the token.
      const refusal = cause instanceof errors.JWTExpired ? 'TOKEN_EXPIRED' : 'TOKEN_INVALID';
      throw new TokenRefused(refusal, isNativeError(cause) ? cause.message : 'unknown', { cause });
    });
    const { iat = 0, exp = Infinity } = payload;
    if (exp - iat > TOKEN_LIFETIME_S) throw new TokenRefused('TOKEN_INVALID', 'it would hold longer than it may');
    const issuer = issuerOf(protectedHeader.kid);
    if (issuer === null) throw new TokenRefused('TOKEN_INVALID', 'it does not name its key');
    const caller = callerOf(issuer, payload, token);
    if (caller === null) throw new TokenRefused('TOKEN_INVALID', `${issuer} may not speak for its subject`);
    believed.set(token, { caller, untilMs: exp * 1_000 });
    if (believed.size > TOKENS_REMEMBERED) believed.delete(believed.keys().next().value ?? token);
    return caller;
  };
}

function callerOf(
  issuer: TokenIssuer,
  { sub, post, office, auth_time: authTime }: JWTPayload,
  token: string,
): Caller | null {
  if (issuer !== 'issuer') return sub === `service:${issuer}` ? { kind: 'service', service: issuer } : null;
  if (!isName(sub) || sub.startsWith('service:') || !isName(post) || !isName(office)) return null;
  const authenticatedAt = typeof authTime === 'number' ? new Date(authTime * 1_000) : null;
  return { kind: 'person', officialId: sub, postId: post, officeId: office, authenticatedAt, token };
}

function isName(claim: unknown): claim is string {
  return typeof claim === 'string' && claim !== '';
}
