import { timingSafeEqual, type KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { blindMark, derivedKey } from '#platform';
import { DOSSIER_KEY } from '../command/personal-data';

/** Crockford's base 32: no I, L, O and U, so that nobody has to guess which sign was meant. */
const signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS_A_SIGN = 5n;
const BYTES = 5; // 40 bits, eight signs: short enough to type; whoever guesses is stopped long before.

/**
 * What the receipt prints beside the code, so that its bearer, and nobody who merely knows the code, can look the dossier up
 * without an account. Derived and never stored: a dossier of any age has one, and a stolen database has none.
 */
@Injectable()
export class LookUpSecrets {
  private readonly key: KeyObject;

  constructor(@Inject(DOSSIER_KEY) wrapping: KeyObject) {
    this.key = derivedKey(wrapping, 'motcua look-up secret');
  }

  /** Eight signs, for ever the same for a dossier. */
  of(dossierId: string): string {
    const mark = blindMark(this.key, dossierId).subarray(0, BYTES);
    const bits = BigInt(`0x${mark.toString('hex')}`);
    const places = BigInt(BYTES * 8) / BITS_A_SIGN;
    return Array.from({ length: Number(places) }, (_, place) => {
      const value = (bits >> (BITS_A_SIGN * (places - 1n - BigInt(place)))) & 31n;
      return signs[Number(value)] ?? '';
    }).join('');
  }

  /** Whether somebody says the secret: small letters, spaces, hyphens and signs that look alike are forgiven. */
  isOf(dossierId: string, said: string): boolean {
    const secret = Buffer.from(this.of(dossierId));
    const given = Buffer.from(asMeant(said));
    return given.length === secret.length && timingSafeEqual(given, secret);
  }
}

function asMeant(said: string): string {
  return said.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
}
