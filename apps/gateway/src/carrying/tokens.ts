import { Injectable } from '@nestjs/common';
import type { JWK } from 'jose';
import { DossierError } from '#domain';
import { KeyFileInvalid, readKeyText, signToken, type PersonCaller } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import { Sessions, type Session } from '../sessions/sessions';
import { Officials, type HeldPost } from '../sign-in/officials';

/** Thrown where somebody who is signed in holds no post at present, and so has no rights. */
export class NoPost extends DossierError {
  readonly code = 'NO_POST';
  readonly kind = 'forbidden';

  constructor(readonly officialId: string) {
    super('You hold no post at present, so there is nothing you may do here. Your administrator assigns posts.');
  }
}

/** Tokens hold for five minutes. */
const usedForMs = 4 * 60_000;
const remembered = 10_000;

/** The tokens with which a person is known to the other services; they never reach a browser. */
@Injectable()
export class Tokens {
  private readonly issuerKey: JWK;
  private readonly signed = new Map<string, { readonly token: Promise<string>; readonly untilMs: number }>();

  constructor(
    { ISSUER_KEY_FILE }: GatewaySettings,
    private readonly officials: Officials,
    private readonly sessions: Sessions,
  ) {
    this.issuerKey = readIssuerKey(ISSUER_KEY_FILE);
  }

  /** The person of a session, in the post they act in. @throws NoPost */
  async callerOf(session: Session): Promise<PersonCaller> {
    const post = await this.postOf(session);
    if (post === null) throw new NoPost(session.officialId);
    const token = await this.tokenFor(session, post);
    const { officialId, authenticatedAt } = session;
    return { kind: 'person', officialId, postId: post.id, officeId: post.officeId, authenticatedAt, token };
  }

  /**
   * The post a session acts in: the one chosen, while it is held; else the first one held, which is then the one chosen. Null for
   * whoever holds none.
   */
  async postOf(session: Session): Promise<HeldPost | null> {
    const { posts } = (await this.officials.find(session.officialId)) ?? { posts: [] };
    const chosen = posts.find(({ id }) => id === session.postId) ?? posts[0] ?? null;
    if (chosen && chosen.id !== session.postId) await this.sessions.choosePost(session.hash, chosen.id);
    return chosen;
  }

  private tokenFor({ hash, officialId, authenticatedAt }: Session, { id, officeId }: HeldPost): Promise<string> {
    const key = `${hash} ${id}`;
    const before = this.signed.get(key);
    if (before && performance.now() < before.untilMs) return before.token;
    const audience = ['desk', 'oversight', 'clock'] as const;
    const claims = { sub: officialId, post: id, office: officeId, authenticatedAt };
    const token = signToken(this.issuerKey, { ...claims, audience });
    this.signed.delete(key); // So that the oldest stays the first.
    this.signed.set(key, { token, untilMs: performance.now() + usedForMs });
    if (this.signed.size > remembered) this.signed.delete(this.signed.keys().next().value ?? key);
    return token;
  }
}

function readIssuerKey(path: string): JWK {
  const key = parsed(path);
  if (key.crv !== 'Ed25519' || key.d === undefined || key.kid?.split('.')[0] !== 'issuer') {
    throw new KeyFileInvalid(path, 'holds no private Ed25519 key of the issuer');
  }
  return key;
}

function parsed(path: string): JWK {
  try {
    return JSON.parse(readKeyText(path)) as JWK;
  } catch (error) {
    if (error instanceof SyntaxError) throw new KeyFileInvalid(path, 'is no JSON Web Key');
    throw error;
  }
}
