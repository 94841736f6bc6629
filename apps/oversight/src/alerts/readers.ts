import { Inject, Injectable } from '@nestjs/common';
import type { Log } from '#messaging';
import { LOGGER, RemoteRefusal } from '#platform';
import { Desk, type InPost } from '../desk/desk';
import type { AlertEntity } from './alert.entity';
import type { Addressed } from './alerts';

/** Somebody who reads alerts: those told to the official, and those told to the posts they act in now, whoever did so then. */
export interface Reader extends InPost {
  /** The posts stood in for now, by what `desk` says; null while it cannot be asked. */
  readonly standsInFor: readonly string[] | null;
}

/** Knows from `desk`, which alone knows posts, deputies and whom a complaint is about, what somebody may read here now. */
@Injectable()
export class Readers {
  constructor(
    private readonly desk: Desk,
    @Inject(LOGGER) private readonly log: Log,
  ) {}

  /**
   * The caller with the posts of now. A `desk` that does not answer, or does not know the question yet, takes nobody's own alerts
   * away: then what was told to the person or the post held is all that is shown, and {@link Reader.standsInFor} says so.
   */
  async now({ officialId, postId }: InPost): Promise<Reader> {
    try {
      return { officialId, postId, standsInFor: await this.desk.postsStoodInFor({ officialId, postId }) };
    } catch (error) {
      if (!(error instanceof RemoteRefusal)) throw error;
      this.log.warn({ err: error }, 'desk does not say for whom somebody stands in: only their own alerts are shown');
      return { officialId, postId, standsInFor: null };
    }
  }

  /** Leaves out what was told to somebody else and is about the reader: for them it does not exist. @throws RemoteRefusal */
  async withoutOwnComplaints(reader: Reader, alerts: readonly AlertEntity[]): Promise<readonly AlertEntity[]> {
    if (reader.standsInFor === null) return alerts;
    const toOthers = alerts.filter(({ addresseeOfficialId }) => addresseeOfficialId !== reader.officialId);
    if (toOthers.length === 0) return alerts;
    const ids = [...new Set(toOthers.map(({ dossierId }) => dossierId))];
    const concerned = new Set(await this.desk.concerned(reader, ids));
    return alerts.filter(({ dossierId }) => !concerned.has(dossierId));
  }
}

/** All that a reader sees, as it is asked for. */
export function toldTo({ officialId, postId, standsInFor }: Reader): Addressed {
  return { officialId, posts: [postId, ...(standsInFor ?? [])] };
}
