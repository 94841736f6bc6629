import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import {
  archiveFormat,
  findingsOf,
  heardIn,
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

/** Gathers the three witnesses of a dossier for an auditor, and compares them as `motcua audit replay` does. */
@Injectable()
export class Audit {
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
    const { WORKFLOW_FOLDER } = this.settings;
    const ledgers = await this.desk.ledgersFor(token, dossierId); // First: it asks whether the person may see the dossier.
    const history = await this.workflows.historyOf(dossierId);
    const journal = await this.desk.journalFor(token, dossierId); // Last: what the workflow was told is in it.
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
