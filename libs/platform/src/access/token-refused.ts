import { HttpException } from '@nestjs/common';

/** Why a request is not believed: 401, with this as its code. */
export type TokenRefusal = 'TOKEN_MISSING' | 'TOKEN_INVALID' | 'TOKEN_EXPIRED';

const DETAILS: Readonly<Record<TokenRefusal, string>> = {
  TOKEN_MISSING: 'This needs a bearer token in the Authorization header.',
  TOKEN_INVALID: 'The token is not one this service accepts.',
  TOKEN_EXPIRED: 'The token has expired; sign in again or ask for a new one.',
};

/** Thrown for a request without a token, or with one that is not accepted; `reason` is for the log alone. */
export class TokenRefused extends HttpException {
  constructor(
    refusal: TokenRefusal,
    readonly reason: string,
    options: { cause?: unknown } = {},
  ) {
    super(DETAILS[refusal], 401, { ...options, errorCode: refusal });
  }
}
