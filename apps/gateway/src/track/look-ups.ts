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
    readonly workingMsLeft: number | null;
    readonly pauses: readonly { readonly reason: string; readonly from: string; readonly until: string | null }[];
  };
  readonly asked: {
    readonly missing: readonly string[];
    readonly toPay: { readonly amountMinor: number; readonly currency: string } | null;
    readonly answerDueAt: string | null;
  };
  readonly apology: { readonly at: string; readonly newDate: string } | null;
  readonly moves: readonly {
    readonly cause: string;
    readonly from: string | null;
    readonly to: string | null;
    readonly letter: { readonly title: string; readonly number: string } | null;
    readonly legalBasis: readonly string[];
  }[];
  readonly eFormCorrectedAt: string | null;
  readonly procedure: string;
  readonly sample: boolean;
  readonly office: string;
  readonly officePhone: string | null;
  readonly timeZone: string;
  readonly workingHoursPerDay: number;
  readonly usual: UsualTime;
  readonly messages: readonly { readonly at: string; readonly from: 'office' | 'applicant'; readonly text: string }[];
  readonly canWrite: boolean;
  readonly feedback: 'not-yet' | 'open' | 'given';
  readonly canComplain: boolean;
}

/** What whoever holds a receipt can say. */
export const saidKinds = ['message', 'rating', 'complaint'] as const;
export type SaidKind = (typeof saidKinds)[number];

/** By what `desk` takes each. */
const paths = {
  message: '/public-look-ups/messages',
  rating: '/public-look-ups/feedback',
  complaint: '/public-look-ups/complaints',
} as const satisfies Record<SaidKind, string>;

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
    const body = { code, secret, language };
    return this.tried({ code, secret }, async () => {
      return (await this.desk<SeenDossier>({ method: 'POST', path: '/public-look-ups', body })).body;
    });
  }

  /**
   * Says something for whoever holds the receipt, once for each key; null as for {@link find}: whoever guesses by saying something
   * is counted likewise.
   *
   * @throws RemoteRefusal where `desk` does not take it (`conflict`), or does not answer
   */
  async say({ code, secret }: Receipt, kind: SaidKind, said: object, key: string): Promise<'said' | null> {
    return this.tried({ code, secret }, async () => {
      const headers = { 'idempotency-key': key };
      await this.desk({ method: 'POST', path: paths[kind], body: { code, secret, ...said }, headers });
      return 'said' as const;
    });
  }

  private async tried<Answer>({ code, secret }: Receipt, ask: () => Promise<Answer>): Promise<Answer | null> {
    if (code.trim() === '' || secret.trim() === '') return null;
    const attempt = await this.attempts.take(code);
    if (attempt === null) return null;
    try {
      const answer = await ask();
      await this.attempts.forget(attempt);
      return answer;
    } catch (error) {
      if (error instanceof RemoteRefusal && error.kind === 'not-found') return null;
      await this.attempts.forget(attempt); // Nobody guessed wrong.
      throw error;
    }
  }
}
