import { Inject, Injectable } from '@nestjs/common';
import {
  hearDossierEvent,
  passedOver,
  type Escalate,
  type JournalEntry,
  type Verdict,
  type WatchedDossier,
} from '#contracts';
import type { StreamEntry } from '#messaging';
import type { ServiceFetch } from '#platform';
import type { Ledgers } from '#proving';

/** Injection token of the client with which this service speaks to `desk`. */
export const DESK_FETCH = Symbol('DESK_FETCH');

const ENTRIES_AT_ONCE = 500;

/** What the clock asks of `desk`. Every method throws RemoteRefusal for what `desk` refuses or cannot answer. */
@Injectable()
export class Desk {
  constructor(@Inject(DESK_FETCH) private readonly fetch: ServiceFetch) {}

  /** Entries of one stream after that sequence, oldest first, without a gap; not all of them at once. */
  async journalAfter(stream: string, sequence: number): Promise<readonly StreamEntry[]> {
    const path = `/journal/${encodeURIComponent(stream)}?after=${sequence}&limit=${ENTRIES_AT_ONCE}`;
    const { body } = await this.fetch<{ entries: readonly StreamEntry[] }>({ method: 'GET', path });
    return body.entries;
  }

  /** Every entry of one dossier after that sequence, oldest first. */
  async entriesAfter(dossierId: string, sequence: number): Promise<readonly JournalEntry[]> {
    const page = await this.journalAfter(dossierId, sequence);
    const entries = page.map(({ hash, body }) => ({ hash, event: hearDossierEvent(body) }));
    if (page.length < ENTRIES_AT_ONCE) return entries;
    return [...entries, ...(await this.entriesAfter(dossierId, sequence + page.length))];
  }

  /** The whole journal of a dossier, as bytes, read by a person with their own token: `desk` judges and logs it. */
  async journalFor(token: string, dossierId: string, after = 0): Promise<readonly StreamEntry[]> {
    const path = `/journal/${dossierId}?after=${after}&limit=${ENTRIES_AT_ONCE}`;
    const { entries } = (await this.fetch<{ entries: readonly StreamEntry[] }>({ method: 'GET', path, token })).body;
    if (entries.length < ENTRIES_AT_ONCE) return entries;
    return [...entries, ...(await this.journalFor(token, dossierId, after + entries.length))];
  }

  /** What the ledgers say of a dossier, to a person with their own token. */
  async ledgersFor(token: string, dossierId: string): Promise<Ledgers> {
    return (await this.fetch<Ledgers>({ method: 'GET', path: `/dossiers/${dossierId}/ledgers`, token })).body;
  }

  /** Dossiers that must be known here, after one of them in order of ids; null begins. */
  async watchedDossiers(after: string | null, limit: number): Promise<readonly WatchedDossier[]> {
    const path = `/watched-dossiers?limit=${limit}${after === null ? '' : `&after=${after}`}`;
    return (await this.fetch<{ dossiers: readonly WatchedDossier[] }>({ method: 'GET', path })).body.dossiers;
  }

  /** Asks whether a rung fell due unmet; `desk` records it if so. Idempotent. */
  async escalate(dossierId: string, escalate: Escalate): Promise<Verdict> {
    const path = `/dossiers/${dossierId}/escalations`;
    const { body } = await this.fetch<Verdict>({ method: 'POST', path, body: escalate });
    return { ...body, entries: body.entries.map(({ hash, event }) => ({ hash, event: passedOver(event) })) };
  }
}
