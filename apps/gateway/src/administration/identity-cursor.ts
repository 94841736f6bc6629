import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { FieldInvalid } from '#domain';
import { derivedKey, open, readKeyFile, seal, SealBroken } from '#platform';
import { GatewaySettings } from '../gateway.settings';
import type { IdentityKey } from '../sign-in/identities';

const CONTEXT = 'motcua identity cursor';

/** Where a page of identities goes on, sealed: it stands in an address, which is logged, and says whom a provider knows. */
@Injectable()
export class IdentityCursor {
  private readonly key: KeyObject;

  constructor({ SECRET_FILE }: GatewaySettings) {
    this.key = derivedKey(readKeyFile(SECRET_FILE), CONTEXT);
  }

  behind({ issuer, subject }: IdentityKey): string {
    return seal(this.key, JSON.stringify({ issuer, subject }), CONTEXT).toString('base64url');
  }

  /** @throws FieldInvalid for one that is not ours */
  read(cursor: string): IdentityKey {
    try {
      return JSON.parse(open(this.key, Buffer.from(cursor, 'base64url'), CONTEXT).toString('utf8')) as IdentityKey;
    } catch (error) {
      if (error instanceof SealBroken) throw new FieldInvalid('cursor', 'must be "next" of a page');
      throw error;
    }
  }
}
