import { Inject, Injectable } from '@nestjs/common';
import { RemoteRefusal, type ServiceFetch } from '#platform';
import { DESK_FETCH } from '../carrying/desk';

/** A post somebody can act in. */
export interface Post {
  readonly id: string;
  readonly name: string;
  readonly officeId: string;
  readonly officeName: string;
}

export interface HeldPost extends Post {
  /** How far which actions reach from it, by the policy of `desk`. */
  readonly rights: Readonly<Record<string, string>>;
}

export interface Official {
  readonly officialId: string;
  readonly name: string;
  readonly posts: readonly HeldPost[];
}

/** `desk` judges every call by the posts of now; this is about what is offered. */
const rememberedMs = 60_000;

/** Who somebody is and which posts they hold, as `desk` knows it. */
@Injectable()
export class Officials {
  private readonly known = new Map<string, { readonly official: Promise<Official | null>; readonly untilMs: number }>();

  constructor(@Inject(DESK_FETCH) private readonly desk: ServiceFetch) {}

  /** Null where the organisation has no such official. @throws RemoteRefusal when `desk` does not answer */
  async find(officialId: string): Promise<Official | null> {
    const before = this.known.get(officialId);
    if (before && performance.now() < before.untilMs) return before.official;
    const official = this.ask(officialId);
    this.known.set(officialId, { official, untilMs: performance.now() + rememberedMs });
    official.catch(() => this.known.delete(officialId));
    return official;
  }

  /** To be asked for again: `desk` refused something it was expected to allow. */
  forget(officialId: string): void {
    this.known.delete(officialId);
  }

  private async ask(officialId: string): Promise<Official | null> {
    try {
      const path = `/officials/${encodeURIComponent(officialId)}/posts`;
      return (await this.desk<Official>({ method: 'GET', path })).body;
    } catch (error) {
      if (error instanceof RemoteRefusal && error.kind === 'not-found') return null;
      throw error;
    }
  }
}
