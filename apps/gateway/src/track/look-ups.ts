import { Inject, Injectable } from '@nestjs/common';
import type { Language } from '#contracts';
import { RemoteRefusal, type ServiceFetch } from '#platform';
import { DESK_FETCH } from '../carrying/desk';
import { LookUpAttempts } from './look-up-attempts';

/** A dossier as `desk` tells it to whoever holds the receipt. Instants are ISO 8601 UTC. */
export interface SeenDossier {
  readonly code: string;
  readonly status: string;
  readonly clock: {
    readonly state: 'running' | 'late' | 'paused' | 'ended';
    readonly since: string;
    readonly promisedAt: string | null;
    readonly firstPromisedAt: string | null;
  };
  readonly asked: {
    readonly missing: readonly string[];
    readonly toPay: { readonly amountMinor: number; readonly currency: string } | null;
    readonly answerDueAt: string | null;
  };
  readonly apology: { readonly at: string; readonly newDate: string } | null;
  readonly procedure: string;
  readonly sample: boolean;
  readonly office: string;
  readonly timeZone: string;
  readonly workingHoursPerDay: number;
  readonly usual: UsualTime;
}

/** How long it usually takes, in milliseconds of working time; null without results. */
export interface UsualTime {
  readonly results: number;
  readonly medianMs: number | null;
  readonly p90Ms: number | null;
}

/** What is printed on a receipt, as somebody typed or scanned it. */
export interface Receipt {
  readonly code: string;
  readonly secret: string;
}

/** Looks dossiers up for whoever holds a receipt, and for nobody who guesses. */
@Injectable()
export class LookUps {
  constructor(
    private readonly attempts: LookUpAttempts,
    @Inject(DESK_FETCH) private readonly desk: ServiceFetch,
  ) {}

  /** Null whatever is wrong, also where the code is locked. @throws RemoteRefusal when `desk` does not answer */
  async find({ code, secret }: Receipt, language: Language): Promise<SeenDossier | null> {
    if (code.trim() === '' || secret.trim() === '') return null;
    const attempt = await this.attempts.take(code);
    if (attempt === null) return null;
    try {
      const body = { code, secret, language };
      const { body: seen } = await this.desk<SeenDossier>({ method: 'POST', path: '/public-look-ups', body });
      await this.attempts.forget(attempt);
      return seen;
    } catch (error) {
      if (error instanceof RemoteRefusal && error.kind === 'not-found') return null;
      await this.attempts.forget(attempt); // Nobody learned whether it was right.
      throw error;
    }
  }
}
