import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PostHolder, Recorder } from '#contracts';
import { addresseeOf, dueBefore, isAnythingDueBefore } from '#domain';
import { Catalogue } from '../catalogue/catalogue';
import { DossierStore, type Written } from '../command/dossier-store';
import type { StoredDossier } from '../command/dossier-store';
import { OrganisationDirectory } from '../organisation/organisation-directory';

/**
 * The one function that records what happens of itself, for all its callers: *escalate* with now, every command with its own
 * time. Under the dossier's row lock, each open rung and each silence that is consent by law which lies before that time is
 * recorded in order: who was told, or what the rule did.
 */
@Injectable()
export class RungRecorder {
  constructor(
    private readonly store: DossierStore,
    private readonly directory: OrganisationDirectory,
    private readonly catalogue: Catalogue,
  ) {}

  /** Idempotent: what is recorded is not open any more. Answers the dossier as it stands then, and the entries added. */
  async record(
    manager: EntityManager,
    dossier: StoredDossier,
    before: string,
    {
      recordedBy,
      recordedAt,
      ofPast = false,
    }: { readonly recordedBy: Recorder; readonly recordedAt: string; readonly ofPast?: boolean },
  ): Promise<Written> {
    if (!isAnythingDueBefore(dossier.state, before)) return { dossier, entries: [] };
    const organisation = await this.directory.current(manager);
    const acts = dossier.state.schedule.rungs.some((rung) => 'act' in rung);
    const timekeeping = acts ? await this.catalogue.timekeepingInForce(manager, dossier.state) : null;
    const facts = dueBefore(dossier.state, before, {
      actor: recordedBy === 'clock' ? serviceActor('clock') : serviceActor('desk'),
      recordedBy,
      timekeeping,
      findAddressee: (tell, responsible, at) => addresseeOf(organisation, tell, responsible, at, dossier.concerned),
    });
    return this.store.add(manager, dossier, facts, { recordedAt, byPeople: false, ofPast });
  }
}

/** How a service signs what it does of its own. */
export function serviceActor(service: 'clock' | 'desk'): PostHolder {
  const id = `service:${service}`;
  return { officialId: id, postId: id, officeId: id };
}
