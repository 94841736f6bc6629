import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { feeLedgerOf, refundDueOf, type FeeLedger, type RefundDue } from '#domain';
import type { Caller } from '#platform';
import { DeskAccess } from '../access/desk-access';
import { Catalogue } from '../catalogue/catalogue';
import { DossierStore } from '../command/dossier-store';

/** What is due, paid and given back of one dossier, and by which rules of its procedure. */
export interface FeesView extends FeeLedger {
  /** False where a payment stops no clock: then a fee is charged, and a payment cannot be asked for. */
  readonly paymentPauses: boolean;
  /** What the office owes back because the dossier ends without a result. */
  readonly refund: RefundDue;
}

/** Reads the money of a dossier. Amounts are in the currency's smallest unit. */
@Injectable()
export class DossierFees {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
    private readonly store: DossierStore,
    private readonly catalogue: Catalogue,
  ) {}

  /** @throws DossierNotFound also where the caller may not see it */
  async of(caller: Caller, dossierId: string): Promise<FeesView> {
    const { manager } = this.dataSource;
    const subject = await this.access.subjectOf(manager, caller);
    const stored = await this.store.find(manager, dossierId);
    this.access.require(subject, 'read-dossier', stored);
    const { state } = stored;
    const { serviceLevel } = (await this.catalogue.timekeepingOf(manager, state)).procedure;
    const { paymentPauses } = serviceLevel;
    return { ...feeLedgerOf(state.fees), paymentPauses, refund: refundDueOf(state, serviceLevel) };
  }
}
