import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Slots } from '#messaging';
import {
  archiveFormat,
  findingsOf,
  heardIn,
  ledgersUntil,
  replayFindings,
  type DossierArchive,
  type Finding,
  type Heard,
} from '#proving';
import { ClockSettings } from '../clock.settings';
import { Desk } from '../desk/desk';
import { bundleHash } from '../escalating/watching';
import { DossierWorkflows } from '../telling/dossier-workflows';

/** The three witnesses of a dossier, and whether they agree. */
export interface DossierAudit {
  /** To be taken away: `motcua audit verify` checks it without any server. */
  readonly archive: DossierArchive;
  /** Which entries the workflow was told of, in the order of its history. */
  readonly heard: readonly Heard[];
  /** What does not agree; none where all do and the history replays. */
  readonly findings: readonly Finding[];
}

/** A replay takes a processor; the rungs that fall due meanwhile need the other. */
const AT_ONCE = 1;

/** Gathers the three witnesses of a dossier for an auditor, and compares them as `motcua audit replay` does. */
@Injectable()
export class Audit {
  private readonly slots = new Slots(AT_ONCE);

  constructor(
    private readonly settings: ClockSettings,
    private readonly desk: Desk,
    private readonly workflows: DossierWorkflows,
  ) {}

  /**
   * Reads at `desk` as the person whose token this is, so that `desk` judges and logs each look.
   *
   * @throws RemoteRefusal for what the person may not see, or while `desk` does not answer; what keeps Temporal from answering
   */
  async of(dossierId: string, token: string): Promise<DossierAudit> {
    return this.slots.run(() => this.gathered(dossierId, token));
  }

  /** Of a dossier that goes on meanwhile: what the workflow was told is in the journal, and of the ledgers no more than that is taken. */
  private async gathered(dossierId: string, token: string): Promise<DossierAudit> {
    const { WORKFLOW_FOLDER } = this.settings;
    const history = await this.workflows.historyOf(dossierId);
    const journal = await this.desk.journalFor(token, dossierId);
    const ledgers = ledgersUntil(journal.length, await this.desk.ledgersFor(token, dossierId));
    const archive: DossierArchive = {
      format: archiveFormat,
      dossierId,
      entries: journal.map(({ sequence, hash, body }) => ({ sequence, hash, body })),
      ledgers,
      history,
      workflowCode: bundleHash(WORKFLOW_FOLDER),
    };
    const replayed = await replayFindings(archive, join(WORKFLOW_FOLDER, 'dossier.bundle.js'));
    return {
      archive,
      heard: history === null ? [] : heardIn(history),
      findings: [...findingsOf(archive), ...replayed],
    };
  }
}
