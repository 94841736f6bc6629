import { limitInWords, type Limit } from '#calendar';
import { languages, type Channel, type Language, type Localized } from '#contracts';
import type { Component, ProcedureDescription, ProcedureVersion } from '#domain';

/** A procedure that says enough of itself to be a public service of CPSV-AP, which asks for an authority and a description. */
export type DescribedProcedure = ProcedureVersion & { readonly description: ProcedureDescription };

/** A node of JSON-LD: prefixed names and what they lead to. */
export interface JsonLd {
  readonly [name: string]: JsonLdValue;
}
type JsonLdValue = string | number | JsonLd | readonly JsonLd[];

/** Written out, so that a reader need fetch nothing. */
const context = {
  adms: 'http://www.w3.org/ns/adms#',
  cpsv: 'http://purl.org/vocab/cpsv#',
  cv: 'http://data.europa.eu/m8g/',
  dct: 'http://purl.org/dc/terms/',
  eli: 'http://data.europa.eu/eli/ontology#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};

/** What names authorities and legal documents, which a catalogue holds in one language. */
const officeLanguage = 'vi';
const currencies = 'http://publications.europa.eu/resource/authority/currency/';
const statuses = 'http://purl.org/adms/status/';

/** True for what can be exported; the older form of a procedure cannot. */
export function isDescribed(procedure: ProcedureVersion): procedure is DescribedProcedure {
  return procedure.description !== null;
}

/**
 * Procedures as one JSON-LD document in the terms of CPSV-AP 3.2.0. Everything that belongs to a procedure is named below its
 * `urn:motcua:procedure:<code>`; authorities, fields and legal documents are named by what they are called, so that services
 * share them. `spatial` is the area that the authorities cover: the profile asks for one.
 */
export function cpsvApDocument(procedures: readonly DescribedProcedure[], spatial: string): JsonLd {
  return { '@context': context, '@graph': procedures.map((procedure) => publicService(procedure, spatial)) };
}

function publicService(procedure: DescribedProcedure, spatial: string): JsonLd {
  const { code, state, serviceLevel, description } = procedure;
  const { names, field, competentAuthority, legalDocuments, components, checklist, result, channels, sample } =
    description;
  const id = idOf('procedure', code);
  return {
    '@id': id,
    '@type': 'cpsv:PublicService',
    'dct:identifier': code,
    'dct:title': inLanguages(names),
    'dct:description': inLanguages(summaryOf(procedure)),
    'cv:hasCompetentAuthority': {
      '@id': idOf('authority', competentAuthority),
      '@type': 'cv:PublicOrganisation',
      'skos:prefLabel': inOfficeLanguage(competentAuthority),
      'dct:spatial': { '@id': spatial },
    },
    'cv:hasLegalResource': legalDocuments.map(({ title, article }) => legalResource(title, article)),
    'cpsv:hasInput': components.map((component) => evidence(`${id}:component:${component.code}`, component)),
    'cv:holdsRequirement': checklist.map((item, index) => ({
      ...identified(`${id}:requirement:${index + 1}`, 'cv:Requirement'),
      'dct:title': inLanguages(item),
    })),
    'cpsv:produces': { ...identified(`${id}:result`, 'cv:Output'), 'dct:title': inLanguages(result.name) },
    ...costOf(`${id}:fee`, description),
    'cv:hasChannel': channels.map((channel) => channelOf(`${id}:channel:${channel}`, channel, procedure)),
    ...processingTime(serviceLevel.legalLimit),
    ...participations(`${id}:participation`, procedure),
    'cv:thematicArea': { '@id': idOf('field', field), '@type': 'skos:Concept', 'skos:notation': field },
    'adms:status': {
      '@id': `${statuses}${sample || state === 'draft' ? 'UnderDevelopment' : 'Completed'}`,
      '@type': 'skos:Concept',
    },
  };
}

/** What comes out, and how long it may take in words: a duration knows no working days. */
function summaryOf({ serviceLevel, description: { result } }: DescribedProcedure): Localized {
  const { legalLimit, counting } = serviceLevel;
  const { vi, en, de } = result.name;
  const withLimit = (outcome: string, name: string, language: Language) =>
    legalLimit === null ? outcome : `${outcome} ${name}: ${limitInWords(legalLimit, counting, language)}.`;
  return {
    vi: withLimit(`Kết quả: ${vi}.`, 'Thời hạn', 'vi'),
    en: withLimit(`Result: ${en}.`, 'Limit', 'en'),
    de: withLimit(`Ergebnis: ${de}.`, 'Frist', 'de'),
  };
}

function legalResource(title: string, article: string | null): JsonLd {
  const cited = article === null ? title : `${title}, ${article}`;
  return { '@id': idOf('legal-document', cited), '@type': 'eli:LegalResource', 'dct:title': inOfficeLanguage(cited) };
}

function evidence(id: string, { name, originals, copies, required }: Component): JsonLd {
  const amount = {
    vi: `bản chính: ${originals}, bản sao: ${copies}${required ? '' : ' (nếu có)'}`,
    en: `originals: ${originals}, copies: ${copies}${required ? '' : ' (where it applies)'}`,
    de: `Originale: ${originals}, Kopien: ${copies}${required ? '' : ' (falls zutreffend)'}`,
  };
  return { ...identified(id, 'cv:Evidence'), 'dct:title': inLanguages(name), 'dct:description': inLanguages(amount) };
}

function costOf(id: string, { fee }: ProcedureDescription): JsonLd {
  if (fee === null) return {};
  const { amountMinor, currency } = fee; // The đồng, the only currency so far, has no smaller unit.
  const cost = {
    ...identified(id, 'cv:Cost'),
    'cv:hasValue': { '@type': 'xsd:double', '@value': String(amountMinor) },
    'cv:currency': { '@id': `${currencies}${currency}`, '@type': 'skos:Concept' },
  };
  return { 'cv:hasCost': cost };
}

/** The bodies besides the lead that steps are taken by, each with what it does and how long it may take. */
function participations(id: string, { serviceLevel: { steps, counting } }: ProcedureVersion): JsonLd {
  const bodies = [...new Set(steps.flatMap(({ body }) => body ?? []))];
  if (bodies.length === 0) return {};
  const taken = bodies.map((body) => {
    const own = steps.filter((step) => step.body === body);
    const said = (language: Language) =>
      own.map(({ code, limit }) => (limit ? `${code}: ${limitInWords(limit, counting, language)}` : code)).join('; ');
    return {
      ...identified(`${id}:${body}`, 'cv:Participation'),
      'dct:description': inLanguages({ vi: said('vi'), en: said('en'), de: said('de') }),
      'cv:role': {
        '@id': idOf('role', 'interconnected-body'),
        '@type': 'skos:Concept',
        'skos:notation': 'interconnected-body',
      },
      'cv:hasParticipant': { ...identified(idOf('body', body), 'foaf:Agent'), 'dct:title': inOfficeLanguage(body) },
    };
  });
  return { 'cv:hasParticipation': taken };
}

/** A channel takes its own time where the law gives what comes in online another limit. */
function channelOf(id: string, channel: Channel, { serviceLevel }: ProcedureVersion): JsonLd {
  return {
    ...identified(id, 'cv:Channel'),
    'dct:type': { '@id': idOf('channel', channel), '@type': 'skos:Concept', 'skos:notation': channel },
    ...processingTime(channel === 'online' ? serviceLevel.onlineLimit : null),
  };
}

/** An estimate, as the profile calls it; the limit itself stands in the description. */
function processingTime(limit: Limit | null): JsonLd {
  return limit === null ? {} : { 'cv:processingTime': { '@type': 'xsd:duration', '@value': durationOf(limit) } };
}

/** ISO 8601 knows no working time: eight hours are taken for a working day and five of those for a week, holidays not counted. */
function durationOf(limit: Limit): string {
  switch (limit.unit) {
    case 'SAME_DAY':
      return 'P1D';
    case 'WORKING_HOUR':
      return daysOfWork(Math.ceil(limit.amount / 8));
    case 'WORKING_DAY':
      return daysOfWork(limit.amount);
    case 'CALENDAR_DAY':
      return `P${limit.amount}D`;
    case 'MONTH':
      return `P${limit.amount}M`;
  }
}

function daysOfWork(workingDays: number): string {
  return `P${Math.ceil((workingDays * 7) / 5)}D`;
}

function identified(id: string, type: string): JsonLd {
  return { '@id': id, '@type': type, 'dct:identifier': id };
}

function idOf(kind: string, name: string): string {
  return `urn:motcua:${kind}:${encodeURIComponent(name)}`;
}

function inLanguages(text: Localized): readonly JsonLd[] {
  return languages.map((language) => ({ '@value': text[language], '@language': language }));
}

function inOfficeLanguage(text: string): JsonLd {
  return { '@value': text, '@language': officeLanguage };
}
