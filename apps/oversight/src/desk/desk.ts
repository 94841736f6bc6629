import { Inject, Injectable } from '@nestjs/common';
import type { StreamEntry } from '#messaging';
import { RemoteRefusal, type ServiceAnswer, type ServiceFetch } from '#platform';
import type { RungKey } from '../mail/message-id';

/** Injection token of the client with which this service speaks to `desk`, by default with its own token. */
export const DESK_FETCH = Symbol('DESK_FETCH');

/** One entry of desk's feed. */
export interface FeedEntry extends StreamEntry {
  readonly position: number;
}

/** An official as `desk` names them to this service. */
export interface Official {
  readonly officialId: string;
  readonly name: string;
  readonly email: string | null;
}

/** An official in the post held. */
export interface InPost {
  readonly officialId: string;
  readonly postId: string;
}

/** A person's own token, handed on so that `desk` judges the person. */
export interface OnBehalf {
  readonly token: string;
}

/** What oversight asks of `desk`. Every method throws RemoteRefusal for what `desk` refuses or cannot answer. */
@Injectable()
export class Desk {
  constructor(@Inject(DESK_FETCH) private readonly fetch: ServiceFetch) {}

  /** Entries behind that feed position, in order. */
  async feedAfter(position: string, limit: number): Promise<readonly FeedEntry[]> {
    const path = `/feed?after=${position}&limit=${limit}`;
    const { body } = await this.fetch<{ entries: readonly FeedEntry[] }>({ method: 'GET', path });
    return body.entries;
  }

  /** Entries of one stream after that sequence, oldest first, without a gap; not all of them at once. */
  async journalAfter(stream: string, sequence: number): Promise<readonly StreamEntry[]> {
    const path = `/journal/${encodeURIComponent(stream)}?after=${sequence}`;
    const { body } = await this.fetch<{ entries: readonly StreamEntry[] }>({ method: 'GET', path });
    return body.entries;
  }

  /** Null where `desk` knows nobody of that id. */
  async official(officialId: string): Promise<Official | null> {
    try {
      const path = `/officials/${encodeURIComponent(officialId)}`;
      return (await this.fetch<Official>({ method: 'GET', path })).body;
    } catch (error) {
      if (error instanceof RemoteRefusal && error.kind === 'not-found') return null;
      throw error;
    }
  }

  /** The posts that an official stands in for now by the post held. */
  async postsStoodInFor({ officialId, postId }: InPost): Promise<readonly string[]> {
    const { body } = await this.fetch<{ posts: readonly string[] }>({
      method: 'GET',
      path: pathOf(officialId, postId),
    });
    return body.posts;
  }

  /** Which of at most 200 dossiers are about the official: they must not know of them. */
  async concerned({ officialId, postId }: InPost, dossierIds: readonly string[]): Promise<readonly string[]> {
    const path = `${pathOf(officialId, postId)}/concerned`;
    const { body } = await this.fetch<{ dossierIds: readonly string[] }>({
      method: 'POST',
      path,
      body: { dossierIds },
    });
    return body.dossierIds;
  }

  /**
   * Acknowledges a rung for the person, upon the dossier as it stands now. A repeat with the same key gets the same answer.
   *
   * Only the command goes in the person's name. The dossier is asked for by this service, which is told nothing of the
   * applicant: in the person's name, `desk` would record a look at personal data that nobody has seen.
   */
  async acknowledge(
    { dossierId, generation, rung }: RungKey,
    command: OnBehalf & { readonly plannedAt: string; readonly reasonCode: string; readonly idempotencyKey: string },
  ): Promise<ServiceAnswer<Readonly<Record<string, unknown>>>> {
    const { token, plannedAt, reasonCode, idempotencyKey } = command;
    const dossier = await this.fetch({ method: 'GET', path: `/dossiers/${dossierId}` });
    return this.fetch({
      method: 'POST',
      path: `/dossiers/${dossierId}/escalations/${generation}/${encodeURIComponent(rung)}/acknowledgement`,
      headers: { 'idempotency-key': idempotencyKey, 'if-match': dossier.headers.get('etag') ?? '' },
      body: { plannedAt, reasonCode },
      token,
    });
  }
}

function pathOf(officialId: string, postId: string): string {
  return `/standing-in/${encodeURIComponent(officialId)}/${encodeURIComponent(postId)}`;
}
