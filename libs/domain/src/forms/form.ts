import { limitInWords, type Instant } from '#calendar';
import { inEveryLanguage, type Language, type Localized } from '#contracts';
import { refundDueOf } from '../decide-fees';
import { holderOf, type Dossier, type Fact, type FactOf } from '../dossier';
import type { EFormAnswer } from '../e-form';
import { dossierFrom } from '../fold';
import { officesUpward } from '../offices-in-time';
import type { Organisation } from '../organisation';
import { papersInSameAct, papersOf, type PaperOnFile } from '../papers';
import { documentsOf, type ProcedureVersion } from '../procedure';
import type { ApologyDraft } from './apology-draft';
import { field, type FormField } from './form-fields';
import { FormNotMade, FormNotOfRegulation, ReasonUnexplained } from './form-errors';
import {
  basisOfForms,
  entriesOfForm,
  entryFormKinds,
  formNumber,
  formTitle,
  regulationAt,
  type EntryFormKind,
  type Regulation,
} from './kinds';
import { inWords, type ReasonCatalogue } from './reasons';
import {
  askedByWords,
  channelWords,
  paymentWords,
  receiptNote,
  refundWords,
  statusWords,
  withdrawnReason,
} from './words';

/** Who a form speaks of and to, as known at its entry. */
export interface FormApplicant {
  readonly name: string;
  readonly address: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly identityNumber: string | null;
}

/** What a form is filled in from. All of it is that of the moment of its entry: a form made later is the same. */
export interface FormSources {
  /** The dossier's whole life; what comes after the entry is passed over. */
  readonly facts: readonly Fact[];
  /** The version that the dossier had then. */
  readonly procedure: ProcedureVersion;
  /** Of the office: instants are shown in it. */
  readonly timeZone: string;
  readonly organisation: Organisation;
  /** Null where nobody was named, or the dossier's key was destroyed. */
  readonly applicant: FormApplicant | null;
  /** What was written for the file, and the entry it came with. */
  readonly remarks: readonly { readonly sequence: number; readonly text: string }[];
  readonly reasons: ReasonCatalogue;
  /** What was answered to the procedure's e-form; null where nothing was. */
  readonly eForm: readonly EFormAnswer[] | null;
}

/** Which form, by which circular, made from which entry. */
export interface FormOfEntry {
  readonly kind: EntryFormKind;
  readonly regulation: Regulation;
  /** Its number by the circular. */
  readonly number: string;
  readonly sequence: number;
  readonly issuedAt: Instant;
}

/** A form, filled in. */
export interface Form extends FormOfEntry {
  readonly title: Localized;
  readonly dossierId: string;
  /** Not signed: `sequence` is the last entry it takes into account. */
  readonly isDraft: boolean;
  readonly timeZone: string;
  readonly fields: readonly FormField[];
}

/** An entry that a form can be made from. */
export type FormEntry = FactOf<
  | 'dossier-received'
  | 'dossier-supplement-requested'
  | 'dossier-refused'
  | 'dossier-extended'
  | 'dossier-stopped'
  | 'dossier-withdrawn'
>;

/** The entry that a form is made from: the one named, or of null the last that makes one. @throws FormNotMade */
export function entryOfForm(kind: EntryFormKind, facts: readonly Fact[], sequence: number | null): FormEntry {
  const entry = facts.filter(
    (fact): fact is FormEntry => isMadeFrom(kind, fact) && (sequence === null || fact.sequence === sequence),
  );
  const [last] = entry.slice(-1);
  if (!last) throw new FormNotMade(kind, sequence, entriesOfForm[kind]);
  return last;
}

/** Every form that a dossier's entries make, in their order, each by the circular of its time; no notice before there was one. */
export function formsMadeBy(facts: readonly Fact[]): readonly FormOfEntry[] {
  return facts.flatMap((fact) =>
    entryFormKinds
      .filter((kind) => isMadeFrom(kind, fact))
      .flatMap((kind) => {
        const regulation = regulationAt(fact.time);
        const number = formNumber(kind, regulation);
        return number === null ? [] : [{ kind, regulation, number, sequence: fact.sequence, issuedAt: fact.time }];
      }),
  );
}

/**
 * A form made from one entry of a dossier: what held then, however much later it is made. A circular of null is that of the
 * entry's time.
 *
 * @throws FormNotOfRegulation, ReasonUnexplained
 */
export function formOf(
  kind: EntryFormKind,
  givenRegulation: Regulation | null,
  entry: FormEntry,
  sources: FormSources,
): Form {
  const regulation = givenRegulation ?? regulationAt(entry.time);
  const before = sources.facts.filter(({ sequence }) => sequence < entry.sequence);
  const facts = [...before, entry];
  const papers = papersOf(papersInSameAct(sources.facts, entry.sequence));
  const told: Told = { ...sources, at: entry.time, regulation, facts, dossier: dossierFrom(facts), papers };
  return {
    ...headOf(kind, told, { sequence: entry.sequence, issuedAt: entry.time }),
    isDraft: false,
    fields: fieldsOf(entry, told),
  };
}

/** The apology as it would be sent if a head signed it now: no reason yet, and nobody's name under it. */
export function draftedApology(draft: ApologyDraft, at: Instant, sources: FormSources): Form {
  const regulation = regulationAt(at);
  const dossier = dossierFrom(sources.facts);
  const told: Told = { ...sources, at, regulation, dossier, papers: papersOf(sources.facts) };
  const { appointmentAt: previousAppointmentAt, proposedAt: appointmentAt, extensionsMade } = draft;
  const unsaid = { reason: null, signedBy: null, legalBasis: null, approvedBy: null };
  const said = { previousAppointmentAt, appointmentAt, which: extensionsMade + 1, earlier: sources.facts, ...unsaid };
  return {
    ...headOf('apology', told, { sequence: dossier.lastSequence, issuedAt: at }),
    isDraft: true,
    fields: [...about(told), ...apologyFields(said, told)],
  };
}

/** The sources, and what they add up to with the entry. */
interface Told extends FormSources {
  /** Those that somebody looked at until the entry, with it included. */
  readonly papers: readonly PaperOnFile[];
  /** When the form says what it says: its offices are those of then. */
  readonly at: Instant;
  readonly regulation: Regulation;
  readonly dossier: Dossier;
}

function headOf(
  kind: EntryFormKind,
  { regulation, dossier, timeZone }: Told,
  entry: { readonly sequence: number; readonly issuedAt: Instant },
): Omit<Form, 'isDraft' | 'fields'> {
  const number = formNumber(kind, regulation);
  if (number === null) throw new FormNotOfRegulation(kind, regulation);
  const { dossierId } = dossier;
  return { kind, regulation, number, title: formTitle(kind, regulation), dossierId, ...entry, timeZone };
}

function isMadeFrom(kind: EntryFormKind, { type }: Fact): boolean {
  return entriesOfForm[kind].includes(type);
}

function fieldsOf(entry: FormEntry, told: Told): readonly FormField[] {
  switch (entry.type) {
    case 'dossier-received':
      return [...about(told), ...receiptFields(entry, told)];
    case 'dossier-supplement-requested':
      return [...about(told), ...supplementFields(entry, told)];
    case 'dossier-refused':
      return [...about(told), ...refusalFields(entry, told)];
    case 'dossier-extended':
      return [...about(told), ...signedApologyFields(entry, told)];
    case 'dossier-stopped':
    case 'dossier-withdrawn':
      return [...about(told), ...stopFields(entry, told)];
  }
}

/** What stands on every form: whose it is, and what about. */
function about({ organisation, dossier, procedure, applicant, at }: Told): readonly FormField[] {
  const offices = officesUpward(organisation, dossier.officeId, at);
  return [
    field.text('agency', offices.at(-1)?.name ?? null),
    field.text('office', offices[0]?.name ?? null),
    field.text('code', dossier.code),
    field.words('procedure', procedure.description?.names ?? inEveryLanguage(procedure.name)),
    field.text('applicantName', applicant?.name ?? null),
    field.text('applicantAddress', applicant?.address ?? null),
    field.text('applicantPhone', applicant?.phone ?? null),
    field.text('applicantEmail', applicant?.email ?? null),
    field.text('applicantIdentityNumber', applicant?.identityNumber ?? null),
  ];
}

function receiptFields(entry: FactOf<'dossier-received'>, told: Told): readonly FormField[] {
  const { dossier, procedure } = told;
  return [
    field.words('channel', channelWords[dossier.channel]),
    field.table('components', papersHandedIn(told)),
    ...answered(told),
    field.words('regulatedTime', regulatedTime(dossier, procedure)),
    field.instant('receivedAt', dossier.clockStartedAt),
    field.instant('dueAt', entry.data.deadlines.due.appointmentAt),
    field.words('note', receiptNote),
    ...author(entry, told),
  ];
}

function supplementFields(entry: FactOf<'dossier-supplement-requested'>, told: Told): readonly FormField[] {
  const { dossier, procedure, organisation } = told;
  const { components, legalBasis, approvedBy } = entry.data;
  const { officialId } = holderOf(dossier);
  return [
    field.table(
      'missing',
      components.map((code) => [field.words('component', paperName(code, procedure))]),
    ),
    field.words('reason', reasonOf(entry, told)),
    field.list('legalBasis', basisOf(told, legalBasis)),
    field.words('stage', stageOf(stateBefore(told))),
    field.number('requestsMade', dossier.supplements),
    field.number('requestsAllowed', procedure.serviceLevel.maxSupplements),
    field.text('approvedBy', approvedBy && officialName(organisation, approvedBy)),
    field.text('contact', officialName(organisation, officialId)),
    field.text('contactEmail', organisation.officials.find(({ id }) => id === officialId)?.email ?? null),
    ...author(entry, told),
  ];
}

function refusalFields(entry: FactOf<'dossier-refused'>, told: Told): readonly FormField[] {
  return [
    field.words('channel', channelWords[told.dossier.channel]),
    field.instant('submittedAt', told.facts[0]?.time ?? null),
    field.words('reason', reasonOf(entry, told)),
    field.list('legalBasis', basisOf(told, null)),
    ...author(entry, told),
  ];
}

/** What an apology says, signed or not. */
interface ApologySaid {
  readonly previousAppointmentAt: Instant;
  readonly appointmentAt: Instant;
  readonly reason: Localized | null;
  readonly signedBy: string | null;
  readonly legalBasis: string | null;
  readonly approvedBy: string | null;
  /** Which extension it is, from 1. */
  readonly which: number;
  /** All that happened before it. */
  readonly earlier: readonly Fact[];
}

function signedApologyFields(entry: FactOf<'dossier-extended'>, told: Told): readonly FormField[] {
  const { previousAppointmentAt, appointmentAt, signedBy, legalBasis, approvedBy } = entry.data;
  const exception = { signedBy, legalBasis, approvedBy };
  const earlier = told.facts.slice(0, -1);
  const reason = reasonOf(entry, told);
  return apologyFields(
    { previousAppointmentAt, appointmentAt, reason, ...exception, which: told.dossier.extensions, earlier },
    told,
  );
}

function apologyFields(said: ApologySaid, told: Told): readonly FormField[] {
  const { dossier, procedure, organisation } = told;
  const { signedBy, approvedBy } = said;
  return [
    field.instant('receivedAt', dossier.clockStartedAt),
    field.instant('firstDueAt', dossier.firstDue.appointmentAt),
    field.instant('previousDueAt', said.previousAppointmentAt),
    field.words('reason', said.reason),
    field.instant('newDueAt', said.appointmentAt),
    field.list('legalBasis', basisOf(told, said.legalBasis)),
    field.number('extensionsMade', said.which),
    field.number('extensionsAllowed', procedure.serviceLevel.maxExtensions),
    field.table('history', extensionsIn(said.earlier, told)),
    field.text('approvedBy', approvedBy && officialName(organisation, approvedBy)),
    field.text('signer', signedBy && officialName(organisation, signedBy)),
  ];
}

/** Each re-appointment that came before; one whose reason nobody wrote down in words has none. */
function extensionsIn(earlier: readonly Fact[], told: Told): readonly (readonly FormField[])[] {
  return earlier
    .filter((fact) => fact.type === 'dossier-extended')
    .map((fact) => [
      field.instant('madeAt', fact.time),
      field.instant('previousDueAt', fact.data.previousAppointmentAt),
      field.instant('newDueAt', fact.data.appointmentAt),
      field.words('reason', inWords(told.reasons, fact.data.reasonCode, remarkWith(fact, told))),
      field.text('signer', officialName(told.organisation, fact.data.signedBy)),
    ]);
}

function stopFields(entry: FactOf<'dossier-stopped' | 'dossier-withdrawn'>, told: Told): readonly FormField[] {
  const { refundOnWithdrawal, refundLegalBasis } = told.procedure.serviceLevel;
  const isWithdrawn = entry.type === 'dossier-withdrawn';
  const asked = told.facts.filter(({ type }) => type === 'dossier-withdrawal-requested').at(-1);
  return [
    field.words('askedBy', isWithdrawn ? askedByWords.applicant : askedByWords.office),
    field.instant('askedAt', isWithdrawn ? (asked?.time ?? null) : entry.time),
    field.words('stage', stageOf(stateBefore(told))),
    field.words('decision', statusWords[told.dossier.status]),
    field.instant('decidedAt', entry.time),
    field.words('reason', isWithdrawn ? withdrawnReason : reasonOf(entry, told)),
    field.list('legalBasis', basisOf(told, null)),
    field.table('money', feeRows(told)),
    field.words('refundRule', refundWords[refundOnWithdrawal]),
    field.text('refundLegalBasis', refundLegalBasis),
    ...author(entry, told),
  ];
}

/** What was paid, and what becomes of it. */
function feeRows({ dossier, procedure }: Told): readonly (readonly FormField[])[] {
  const owed = refundDueOf(dossier, procedure.serviceLevel).fees;
  return dossier.fees
    .filter(({ paidMinor }) => paidMinor > 0)
    .map(({ feeId, basis, currency, paidMinor, refundedMinor }) => [
      field.words('fee', basis === null ? paymentWords : inEveryLanguage(basis)),
      field.amount('paid', { amountMinor: paidMinor, currency }),
      field.amount('refunded', { amountMinor: refundedMinor, currency }),
      field.amount('owed', { amountMinor: owed.find((one) => one.feeId === feeId)?.amountMinor ?? 0, currency }),
    ]);
}

function author({ data: { actor } }: FormEntry, { organisation }: Told): readonly FormField[] {
  const post = organisation.posts.find(({ id }) => id === actor.postId);
  return [
    field.text('author', officialName(organisation, actor.officialId)),
    field.text('authorPost', post?.name ?? actor.postId),
  ];
}

type Reasoned = FactOf<'dossier-supplement-requested' | 'dossier-refused' | 'dossier-extended' | 'dossier-stopped'>;

/** In words a citizen understands, never a code. @throws ReasonUnexplained */
function reasonOf(entry: Reasoned, told: Told): Localized {
  const { reasonCode } = entry.data;
  const words = inWords(told.reasons, reasonCode, remarkWith(entry, told));
  if (words === null) throw new ReasonUnexplained(reasonCode);
  return words;
}

function remarkWith({ sequence }: Fact, { remarks }: Told): string | null {
  return remarks.find((remark) => remark.sequence === sequence)?.text ?? null;
}

/** The decree and its circular, what the procedure rests on, and the basis of an exception. */
function basisOf({ regulation, procedure }: Told, exception: string | null): readonly string[] {
  return [
    ...new Set([...basisOfForms[regulation], ...documentsOf(procedure), ...(exception === null ? [] : [exception])]),
  ];
}

function stateBefore({ facts }: Told): Dossier {
  return dossierFrom(facts.slice(0, -1));
}

/** The stage that handling had come to; a withdrawal that is asked for is none. */
function stageOf({ status, statusBefore, step }: Dossier): Localized {
  const words = statusWords[statusBefore ?? status];
  return step === null ? words : inEach((language) => `${words[language]} (${step.code})`);
}

function regulatedTime({ channel }: Dossier, { serviceLevel }: ProcedureVersion): Localized | null {
  const { legalLimit, onlineLimit, counting } = serviceLevel;
  const limit = (channel === 'online' ? onlineLimit : null) ?? legalLimit;
  return limit && inEach((language) => limitInWords(limit, counting, language));
}

/** What lies there; where nobody looked, what the procedure asks for. */
function papersHandedIn({ papers, procedure }: Told): readonly (readonly FormField[])[] {
  const described = procedure.description?.components ?? [];
  if (papers.length === 0) return described.map(({ name, originals, copies }) => paperRow(name, originals, copies));
  return papers
    .filter(({ state }) => state === 'present')
    .map(({ component, originals, copies }) => paperRow(paperName(component, procedure), originals, copies));
}

/** What was answered on the screen, for the applicant to read over. */
function answered({ eForm }: Told): readonly FormField[] {
  if (eForm === null) return [];
  return [
    field.table(
      'eForm',
      eForm.map(({ titles, words }) => [field.words('question', titles), field.words('answer', words)]),
    ),
  ];
}

function paperRow(name: Localized, originals: number, copies: number): readonly FormField[] {
  return [field.words('component', name), field.number('originals', originals), field.number('copies', copies)];
}

function paperName(component: string, { description }: ProcedureVersion): Localized {
  return description?.components.find(({ code }) => code === component)?.name ?? inEveryLanguage(component);
}

function officialName({ officials }: Organisation, officialId: string): string {
  return officials.find(({ id }) => id === officialId)?.name ?? officialId;
}

function inEach(text: (language: Language) => string): Localized {
  return { vi: text('vi'), en: text('en'), de: text('de') };
}
