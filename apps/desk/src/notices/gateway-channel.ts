import type { Applicant } from '../command/personal-data';
import { NoticeNotAccepted, type NoticeChannel, type OutgoingNotice } from './notice-channel';

export interface GatewayOptions {
  readonly url: string;
  /** Sent as a bearer token; null where the gateway asks for none. */
  readonly token: string | null;
  readonly timeoutMs: number;
}

/**
 * Of the 4xx these say nothing about the notice: who we are (401, 403, 407), where it is (404, 405), that it is too slow or too
 * much (408, 425, 429). An operator or time mends them; any other 4xx refuses the notice for good.
 */
const passing: readonly number[] = [401, 403, 404, 405, 407, 408, 425, 429];

/** Notices to telephones: `POST {id, to, text}` to a gateway for SMS or Zalo, which knows a repeat by its id. */
export class GatewayChannel implements NoticeChannel {
  readonly means = 'phone';

  constructor(private readonly options: GatewayOptions) {}

  addressOf({ phone }: Applicant): string | null {
    return phone?.replaceAll(' ', '') ?? null;
  }

  async send({ id, to, words }: OutgoingNotice): Promise<void> {
    const status = await this.post(JSON.stringify({ id, to, text: words.short }), id);
    if (status >= 200 && status < 300) return;
    throw new NoticeNotAccepted(`HTTP ${status}`, status >= 400 && status < 500 && !passing.includes(status));
  }

  close(): void {
    // Nothing is kept open.
  }

  /** The status it answered. @throws NoticeNotAccepted */
  private async post(body: string, id: string): Promise<number> {
    const { url, token, timeoutMs } = this.options;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': id,
          ...(token !== null && { authorization: `Bearer ${token}` }),
        },
        body,
        redirect: 'error', // The token and the number are for this gateway, not for where it points to.
        signal: AbortSignal.timeout(timeoutMs),
      });
      await response.body?.cancel(); // Whatever it says may hold the number; the status is enough.
      return response.status;
    } catch (cause) {
      throw new NoticeNotAccepted(silenceOf(cause), false, { cause });
    }
  }
}

function silenceOf(error: unknown): string {
  const { name, cause } = Object(error) as { readonly name?: string; readonly cause?: NodeJS.ErrnoException };
  return name === 'TimeoutError' ? 'ETIMEDOUT' : (cause?.code ?? 'NO ANSWER');
}
