import { Module, type MiddlewareConsumer, type NestModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { NextFunction, Request, Response } from 'express';
import { DataSource } from 'typeorm';
import { kafkaPublisher, messagesTaken, type Log } from '#messaging';
import { beginRequest, databaseOptions } from '#persistence';
import { AccessPolicy, Clock, clockFrom, HealthChecks, LOGGER, openStore, readKeyFile } from '#platform';
import { AccessLogController } from './access/access-log.controller';
import { DeskAccess } from './access/desk-access';
import { AuditorsReads } from './access/auditors-reads';
import { FeedPositionController } from './access/feed-position.controller';
import { RefusalsController } from './access/refusals.controller';
import { PostsOfOfficialController } from './access/posts-of-official.controller';
import { RightsController } from './access/rights.controller';
import { StandingInController } from './access/standing-in.controller';
import { AttachmentRounds } from './attachments/attachment-rounds';
import { Attachments, ATTACHMENT_STORE } from './attachments/attachments';
import { AttachmentsController } from './attachments/attachments.controller';
import { clamd, SCANNER } from './attachments/scanner';
import { Approvals } from './approval/approvals';
import { ApprovalsController, DossierApprovalsController } from './approval/approvals.controller';
import { Proposable } from './approval/proposable';
import { Catalogue } from './catalogue/catalogue';
import { DocumentProposals } from './document-proposal/document-proposals';
import {
  CatalogueProposalsController,
  OrganisationProposalsController,
} from './document-proposal/document-proposals.controller';
import { CatalogueController } from './catalogue/catalogue.controller';
import { CatalogueLoader } from './catalogue/catalogue-loader';
import { CataloguePreviews } from './catalogue/previews';
import { CatalogueVersionsController } from './catalogue/versions.controller';
import { ProcedureStates } from './catalogue/procedure-states';
import { ProcedureStatesController } from './catalogue/procedure-states.controller';
import { ProceduresController } from './catalogue/procedures.controller';
import { AnswerBook } from './command/answer-book';
import { DossierCommandInterceptor } from './command/dossier-command';
import { DossierCommands } from './command/dossier-commands';
import { DossierStore } from './command/dossier-store';
import { RebuildDossiers } from './command/rebuild-dossiers';
import { DOSSIER_KEY, PersonalData } from './command/personal-data';
import { CorrectionController } from './correction/correction.controller';
import { DiscardedLettersController } from './dead-letters/discarded-letters.controller';
import { DeskHealth } from './desk-health';
import { DeskSettings } from './desk.settings';
import { DirectoryController } from './directory/directory.controller';
import { ApplicantIndex } from './duplicates/applicant-index';
import { DuplicatesController } from './duplicates/duplicates.controller';
import { EFormController } from './e-form/e-form.controller';
import { EForms } from './e-form/e-forms';
import { EscalationController } from './escalation/escalation.controller';
import { Escalations } from './escalation/escalations';
import { RungRecorder } from './escalation/rung-recorder';
import { WatchedDossiersController } from './escalation/watched-dossiers.controller';
import { Watchdog } from './escalation/watchdog';
import { ExtensionController } from './extension/extension.controller';
import { DossierFees } from './fees/dossier-fees';
import { FeesController } from './fees/fees.controller';
import { DossierForms } from './forms/dossier-forms';
import { FormsController } from './forms/forms.controller';
import { HandlingController } from './handling/handling.controller';
import { CodeNumbers } from './intake/code-numbers';
import { Intake } from './intake/intake';
import { AcceptanceController, IntakeController } from './intake/intake.controller';
import { PromiseController } from './intake/promise.controller';
import { Journal } from './journal/journal';
import { LedgersController } from './audit/ledgers.controller';
import { UnusualActs } from './audit/unusual-acts';
import { UnusualActsController } from './audit/unusual-acts.controller';
import { JournalController } from './journal/journal.controller';
import { OrganisationJournal } from './journal/organisation-journal';
import { MESSAGES_TAKEN, PUBLISHER, Relay } from './journal/relay';
import { LinkingController } from './linking/linking.controller';
import { PapersController } from './papers/papers.controller';
import { Lookup } from './lookup/lookup';
import { LookupController } from './lookup/lookup.controller';
import { UsualTimeController } from './lookup/usual-time.controller';
import { MeController } from './me/me.controller';
import { EscalationDelays } from './metrics/escalation-delays';
import { NoticeFigures } from './metrics/notice-figures';
import { Feedback } from './notes/feedback';
import { NotesController } from './notes/notes.controller';
import { Notes } from './notes/notes';
import { Once } from './notes/once';
import { NoticeBook } from './notices/notice-book';
import { NOTICE_CHANNELS } from './notices/notice-channel';
import { noticeChannels } from './notices/notice-channels';
import { NoticeLoop } from './notices/notice-loop';
import { NoticeSender } from './notices/notice-sender';
import { NoticesController } from './notices/notices.controller';
import { Operations } from './operation/operations';
import { OpenOpinions } from './opinions/open-opinions';
import { OpenOpinionsController, OpinionsController } from './opinions/opinions.controller';
import { MandatesController } from './organisation/mandates.controller';
import { OrganisationController } from './organisation/organisation.controller';
import { OrganisationLoader } from './organisation/organisation-loader';
import { OrganisationDirectory } from './organisation/organisation-directory';
import { PrintingController } from './printing/printing.controller';
import { ApplicantController } from './public-look-up/applicant.controller';
import { Complaints } from './public-look-up/complaints';
import { LookUpSecrets } from './public-look-up/look-up-secrets';
import { PublicLookUp } from './public-look-up/public-look-up';
import { LookUpSecretController, PublicLookUpController } from './public-look-up/public-look-up.controller';
import { QueueController } from './queue/queue.controller';
import { Queues } from './queue/queues';
import { RebindingController } from './rebinding/rebinding.controller';
import { RecomputationController } from './recomputation/recomputation.controller';
import { Recomputation } from './recomputation/recomputation';
import { ResultController } from './result/result.controller';
import { IndexApplicants } from './search/index-applicants';
import { Search } from './search/search';
import { SearchController } from './search/search.controller';
import { Statistics } from './statistics/statistics';
import { StatisticsController } from './statistics/statistics.controller';
import { SuspensionController } from './suspension/suspension.controller';
import { TakingOver } from './taking-over/taking-over';
import { TakingOverController } from './taking-over/taking-over.controller';
import { StackHeartbeat, storedTimeMap, TimeController } from './time/stack-time';
import { TrackingBook } from './tracking-book/tracking-book';
import { TrackingBookController } from './tracking-book/tracking-book.controller';
import { WithdrawalController } from './withdrawal/withdrawal.controller';
import { Workload } from './workload/workload';
import { WorkloadController } from './workload/workload.controller';
import { WorkTransferController } from './work-transfer/work-transfer.controller';
import { WorkTransfers } from './work-transfer/work-transfers';

/** Where people act on dossiers: every command, the journal, and the relay that tells everyone. */
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [DeskSettings],
      useFactory: ({ DATABASE_URL, DATABASE_POOL }: DeskSettings) =>
        databaseOptions({ url: DATABASE_URL, applicationName: 'motcua-desk', poolSize: DATABASE_POOL, isWalled: true }),
    }),
  ],
  controllers: [
    IntakeController,
    AcceptanceController,
    PromiseController,
    DuplicatesController,
    HandlingController,
    SuspensionController,
    FeesController,
    PrintingController, // Before the forms: `forms/receipt.pdf` is no kind of form.
    FormsController,
    ExtensionController,
    EscalationController,
    WatchedDossiersController,
    WithdrawalController,
    ResultController,
    CorrectionController,
    DossierApprovalsController,
    ApprovalsController,
    LinkingController,
    AttachmentsController,
    PapersController,
    EFormController,
    LookupController,
    NotesController,
    NoticesController,
    UsualTimeController,
    LookUpSecretController,
    PublicLookUpController,
    ApplicantController,
    StatisticsController,
    JournalController,
    LedgersController,
    UnusualActsController,
    AccessLogController,
    OrganisationProposalsController,
    OrganisationController,
    MandatesController,
    CatalogueProposalsController,
    CatalogueController,
    ProcedureStatesController,
    CatalogueVersionsController,
    RightsController,
    StandingInController,
    PostsOfOfficialController,
    FeedPositionController,
    RefusalsController,
    MeController,
    DirectoryController,
    ProceduresController,
    QueueController,
    SearchController,
    DiscardedLettersController,
    OpinionsController,
    OpenOpinionsController,
    RebindingController,
    RecomputationController,
    TakingOverController,
    TrackingBookController,
    WorkTransferController,
    WorkloadController,
    TimeController,
  ],
  providers: [
    AnswerBook,
    ApplicantIndex,
    AttachmentRounds,
    Attachments,
    Approvals,
    Catalogue,
    CatalogueLoader,
    OrganisationLoader,
    DocumentProposals,
    CataloguePreviews,
    CodeNumbers,
    Complaints,
    DeskAccess,
    DossierCommandInterceptor,
    DossierCommands,
    DossierFees,
    DossierForms,
    DossierStore,
    EForms,
    EscalationDelays,
    Escalations,
    Feedback,
    IndexApplicants,
    Intake,
    Journal,
    LookUpSecrets,
    Lookup,
    Notes,
    NoticeBook,
    NoticeFigures,
    NoticeLoop,
    NoticeSender,
    Once,
    OpenOpinions,
    Operations,
    OrganisationDirectory,
    OrganisationJournal,
    PersonalData,
    ProcedureStates,
    Proposable,
    PublicLookUp,
    Queues,
    RebuildDossiers,
    Recomputation,
    Relay,
    RungRecorder,
    Search,
    StackHeartbeat,
    Statistics,
    TakingOver,
    TrackingBook,
    UnusualActs,
    Watchdog,
    Workload,
    WorkTransfers,
    { provide: AccessPolicy, useExisting: DeskAccess },
    { provide: APP_INTERCEPTOR, useClass: AuditorsReads },
    { provide: HealthChecks, useClass: DeskHealth },
    {
      provide: Clock,
      inject: [DataSource],
      useFactory: async (dataSource: DataSource) => clockFrom(await storedTimeMap(dataSource)),
    },
    {
      provide: DOSSIER_KEY,
      inject: [DeskSettings],
      useFactory: ({ DOSSIER_KEY_FILE }: DeskSettings) => readKeyFile(DOSSIER_KEY_FILE),
    },
    {
      provide: ATTACHMENT_STORE,
      inject: [DeskSettings],
      useFactory: ({ ATTACHMENT_FOLDER, ATTACHMENT_S3_FILE }: DeskSettings) =>
        openStore(ATTACHMENT_FOLDER, ATTACHMENT_S3_FILE),
    },
    {
      provide: SCANNER,
      inject: [DeskSettings],
      useFactory: ({ CLAMD_URL }: DeskSettings) => (CLAMD_URL === undefined ? null : clamd(CLAMD_URL)),
    },
    { provide: NOTICE_CHANNELS, inject: [DeskSettings], useFactory: noticeChannels },
    {
      provide: PUBLISHER,
      inject: [DeskSettings, LOGGER],
      useFactory: ({ KAFKA_BROKERS }: DeskSettings, log: Log) =>
        kafkaPublisher({ brokers: KAFKA_BROKERS.split(','), clientId: 'motcua-desk', log }),
    },
    {
      provide: MESSAGES_TAKEN,
      inject: [DeskSettings, LOGGER],
      useFactory:
        ({ KAFKA_BROKERS }: DeskSettings, log: Log) =>
        () =>
          messagesTaken(KAFKA_BROKERS.split(','), log),
    },
  ],
})
export class DeskModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer
      .apply((_request: Request, _response: Response, next: NextFunction) => {
        beginRequest(next);
      })
      .forRoutes('{*path}');
  }
}
