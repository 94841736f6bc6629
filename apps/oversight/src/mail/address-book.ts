import { Injectable } from '@nestjs/common';
import { Clock } from '#platform';
import { Desk } from '../desk/desk';

const keptForMs = 5 * 60_000;

/** The mail addresses of officials, asked of `desk` and kept in memory for five minutes; written nowhere. */
@Injectable()
export class AddressBook {
  private readonly known = new Map<string, { readonly address: string | null; readonly untilMs: number }>();

  constructor(
    private readonly desk: Desk,
    private readonly clock: Clock,
  ) {}

  /** Null for an official without an address, or one `desk` does not know. @throws RemoteRefusal */
  async addressOf(officialId: string): Promise<string | null> {
    const nowMs = this.clock.realNow().getTime();
    const kept = this.known.get(officialId);
    if (kept && nowMs < kept.untilMs) return kept.address;
    const official = await this.desk.official(officialId);
    const address = official?.email ?? null;
    this.known.set(officialId, { address, untilMs: nowMs + keptForMs });
    return address;
  }
}
