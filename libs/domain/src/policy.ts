import type { Role } from './roles';
import type { CommandName } from './transitions';

/** Services that call one another, each with a key of its own. */
export type Service = 'clock' | 'oversight' | 'gateway';

/**
 * How far a right reaches: the dossier one holds oneself; dossiers received, held or decided in one's own office; the office and all
 * below it; everywhere.
 */
export type Scope = 'own-dossier' | 'own-office' | 'offices-below' | 'everywhere';

/** One row of the table: who may do the action, and how far. Whoever is not in the row may not. */
export type PolicyRow = { readonly [Subject in Role | Service]?: Scope };

const handling = {
  clerk: 'own-office',
  official: 'own-office',
  head: 'offices-below',
  migrator: 'everywhere',
} as const;
const byTheHolder = {
  clerk: 'own-dossier',
  official: 'own-dossier',
  head: 'own-dossier',
  migrator: 'everywhere',
} as const;
const atTheDesk = { clerk: 'own-office', migrator: 'everywhere' } as const;
const byTheHead = { head: 'offices-below', migrator: 'everywhere' } as const;
const reading = {
  clerk: 'own-office',
  official: 'own-office',
  head: 'offices-below',
  auditor: 'everywhere',
  migrator: 'everywhere',
} as const;

/** What concerns no dossier, and any citizen may ask. */
const everybodyAnywhere = {
  clerk: 'everywhere',
  official: 'everywhere',
  head: 'everywhere',
  auditor: 'everywhere',
  administrator: 'everywhere',
  migrator: 'everywhere',
} as const;

/**
 * Who may do what. Each command is an action of the same name. Every route names an action; a service with a route that
 * names none does not start.
 */
export const policy = {
  submit: atTheDesk,
  receive: atTheDesk,
  accept: atTheDesk,
  refuse: atTheDesk,
  'look-for-duplicates': atTheDesk,
  'hand-over': handling,
  /** The receiver's answer, nobody else's: a head whose official is away reassigns. */
  'accept-hand-over': byTheHolder,
  'send-back': byTheHolder,
  reassign: byTheHead,
  'request-supplement': handling,
  'receive-supplement': handling,
  'request-payment': handling,
  'receive-payment': handling,
  suspend: handling,
  resume: handling,
  extend: byTheHead,
  /** To move the due instants of open dossiers by the newest calendars. */
  recompute: { administrator: 'everywhere' },
  /** To go on with what was decided, page by page. */
  'carry-out-recomputation': { administrator: 'everywhere' },
  /** Another promise takes the place of the one on the receipt: whoever answers for the office answers for it. */
  rebind: byTheHead,
  'preview-recomputation': { administrator: 'everywhere', auditor: 'everywhere' },
  acknowledge: byTheHead,
  'request-opinion': handling,
  /** Of the asked office alone, wherever the dossier is. */
  'give-opinion': handling,
  /** What one's office is asked for and has not answered. */
  'read-opinions': reading,
  'request-withdrawal': handling,
  'confirm-withdrawal': handling,
  'decline-withdrawal': handling,
  stop: byTheHead,
  'mark-processed': handling,
  return: handling,
  correct: atTheDesk,
  'charge-fee': handling,
  'pay-fee': handling,
  'refund-fee': byTheHead,
  /** Not by who charges and takes money: nobody writes off alone what they were paid. */
  'cancel-fee': byTheHead,
  'cancel-payment': byTheHead,
  /** Of what takes two persons: to say what should be done, which asks for less than to do it. */
  propose: { clerk: 'own-office', official: 'own-office', head: 'offices-below' },
  /** By whoever may give the command itself, and is another person than its author. */
  approve: { clerk: 'own-office', head: 'offices-below' },
  'read-approvals': reading,
  link: handling,
  /** To hand on at once all that an official or an ended office holds. */
  'transfer-work': { head: 'offices-below', administrator: 'everywhere' },
  'preview-work-transfer': { head: 'offices-below', administrator: 'everywhere', auditor: 'everywhere' },
  escalate: { clock: 'everywhere' },
  'read-dossier': { ...reading, oversight: 'everywhere' },
  /** Whose time it took and whose its lateness is, by name: for those who answer for it. */
  'read-responsibility': {
    clerk: 'own-dossier',
    official: 'own-dossier',
    head: 'offices-below',
    auditor: 'everywhere',
  },
  /** Forms name the applicant. */
  'read-form': reading,
  /** To open a file of the dossier's papers, or read what they are called: each is a look at personal data. */
  'read-attachment': reading,
  'add-attachment': handling,
  /** Added by mistake; nothing is deleted. */
  'withdraw-attachment': handling,
  /** What the head may sign. */
  'read-apology-draft': { head: 'offices-below' },
  'read-statistics': { head: 'offices-below', auditor: 'everywhere' },
  /** Who has how much to do, by name: for those who answer for it. */
  'read-workload': { head: 'offices-below' },
  /** Of a dossier's own stream only whoever may read the dossier: an administrator sees none. */
  'read-journal': { auditor: 'everywhere', administrator: 'everywhere', clock: 'everywhere', oversight: 'everywhere' },
  /** All streams at once: for services that hear of dossiers. */
  'read-feed': { clock: 'everywhere', oversight: 'everywhere' },
  /** What the ledgers say, beside what the journal adds up to. */
  'read-ledgers': { auditor: 'everywhere' },
  /** To have journal, ledgers and workflow history of a dossier compared, and to take them away. */
  'audit-dossier': { auditor: 'everywhere' },
  /** Who looked at what, and what was refused: a look of its own, which stands there too. */
  'read-access-log': { auditor: 'everywhere' },
  'read-watched-dossiers': { clock: 'everywhere' },
  /** To have the clock look at once for what Kafka or Temporal lost, and rebuild it. */
  'check-workflows': { administrator: 'everywhere' },
  /** Offices, posts and who holds them, without addresses. */
  'read-directory': everybodyAnywhere,
  'read-catalogue': everybodyAnywhere,
  /** To say which papers lie there. */
  'check-papers': handling,
  /** What the applicant answered, in full. */
  'read-e-form': reading,
  'read-reasons': everybodyAnywhere,
  'read-queue': reading,
  /** By name, phone or identity number: each hit is a look at personal data. */
  'search-applicants': { clerk: 'own-office', official: 'own-office', head: 'offices-below' },
  /** What colleagues noted, and what the office and the applicant wrote to each other: the applicant's own words. */
  'read-notes': reading,
  'write-note': handling,
  'write-to-applicant': handling,
  /** That an answer was read is said by whoever must act on it. */
  'mark-answers-read': byTheHolder,
  /** As the applicant, who has no account: to answer, to rate, to complain. */
  'speak-with-secret': { gateway: 'everywhere' },
  /** What a citizen sees their dossier by, without an account. */
  'read-look-up-secret': atTheDesk,
  'look-up-with-secret': { gateway: 'everywhere' },
  /** The daily book of what was received: a list of names, so each line is a look. */
  'read-tracking-book': { clerk: 'own-office', head: 'offices-below', auditor: 'everywhere' },
  /** Whom a sign-in makes somebody: the posts held now. */
  'read-posts-of-official': { gateway: 'everywhere' },
  /** How far the feed is, and nothing of what is in it. */
  'read-feed-position': { gateway: 'everywhere' },
  /** To have written into the access log what another service did not let a person do. */
  'report-refusal': { clock: 'everywhere', oversight: 'everywhere', gateway: 'everywhere' },
  'manage-accounts': { administrator: 'everywhere' },
  /** Who signed in when and from where, and what became of accounts: a look at officials' own data, which stands in the access log. */
  'read-sign-ins': { auditor: 'everywhere', administrator: 'everywhere' },
  /** How each service is, and since when. */
  'read-health': { administrator: 'everywhere' },
  'read-own-rights': { ...reading, administrator: 'everywhere' },
  'read-dead-letters': { auditor: 'everywhere', administrator: 'everywhere' },
  'resend-dead-letter': { administrator: 'everywhere' },
  'discard-dead-letter': { administrator: 'everywhere' },
  'read-contact': { oversight: 'everywhere' },
  /** For whom somebody stands in now, and what of it is about them. */
  'read-standing-in': { oversight: 'everywhere' },
  'read-time': { ...reading, administrator: 'everywhere' },
  'preview-due-dates': everybodyAnywhere,
  'read-usual-time': { ...everybodyAnywhere, gateway: 'everywhere' },
  'read-mandates': everybodyAnywhere,
  'load-organisation': { administrator: 'everywhere' },
  'load-catalogue': { administrator: 'everywhere' },
  /** To bring a draft of a procedure into use. */
  'publish-procedure': { administrator: 'everywhere' },
  /** What a file would change, before it is loaded: days, fields, and the dossiers concerned by their codes. */
  'preview-catalogue': { administrator: 'everywhere' },
  /** The whole document with addresses, as it is edited, and what an edited one would change. */
  'read-organisation': { administrator: 'everywhere' },
  /** To let a version take no new dossiers any more. */
  'withdraw-procedure': { administrator: 'everywhere' },
  'read-procedure-states': { administrator: 'everywhere', auditor: 'everywhere' },
  /** To say that an act happened in the past: the taking-over of records, nobody else. */
  'record-past': { migrator: 'everywhere' },
  /** To bring the due instants along instead of having them computed. */
  'take-over': { migrator: 'everywhere' },
} as const satisfies Record<CommandName, PolicyRow> & Record<string, PolicyRow>;

export type Action = keyof typeof policy;

/** How far these roles (or this service) may do the action; the widest of several; null when not at all. */
export function scopeOf(action: Action, subjects: readonly (Role | Service)[]): Scope | null {
  const row: PolicyRow = policy[action];
  const scopes = subjects.flatMap((subject) => row[subject] ?? []);
  return widest.find((scope) => scopes.includes(scope)) ?? null;
}

/** How far these roles (or this service) may do each action; one that they may not do at all is not named. */
export function scopesOf(subjects: readonly (Role | Service)[]): Readonly<Partial<Record<Action, Scope>>> {
  const actions = Object.keys(policy) as Action[];
  const scopes = actions.map((action) => [action, scopeOf(action, subjects)] as const);
  return Object.fromEntries(scopes.flatMap(([action, scope]) => (scope === null ? [] : [[action, scope]])));
}

const widest: readonly Scope[] = ['everywhere', 'offices-below', 'own-office', 'own-dossier'];
