import { parseProcedureVersion } from '#domain';
import { cpsvApDocument, isDescribed, type JsonLd } from './cpsv-ap';
import { contentOf, shippedFiles } from './files';

const spatial = 'http://publications.europa.eu/resource/authority/country/VNM';
const procedures = contentOf(shippedFiles('procedure')).procedures.map(parseProcedureVersion);
const document = cpsvApDocument(procedures.filter(isDescribed), spatial);
const services = document['@graph'] as readonly JsonLd[];

function serviceOf(code: string): any {
  return services.find((service) => service['dct:identifier'] === code);
}

/** Every node of a document, the outermost first. */
function nodesIn(value: unknown): readonly JsonLd[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(nodesIn);
  return Array.isArray(value) ? inside : [value as JsonLd, ...inside];
}

test('procedures without a description are left out, all others are public services', () => {
  expect(services).toHaveLength(procedures.filter(({ description }) => description !== null).length);
  expect(serviceOf('1.012786')).toBeUndefined();
  for (const service of services) {
    expect(service).toMatchObject({
      '@type': 'cpsv:PublicService',
      '@id': `urn:motcua:procedure:${service['dct:identifier'] as string}`,
    });
  }
});

test('every prefix that is used is said in the context, and no term stands without one', () => {
  const prefixes = Object.keys(document['@context'] as object);
  const terms = nodesIn(services).flatMap((node) =>
    [...Object.keys(node), node['@type']].filter((term) => term !== undefined),
  );

  for (const term of terms as string[])
    expect(term).toMatch(new RegExp(`^(@[a-z]+|(${prefixes.join('|')}):[A-Za-z]+)$`));
});

test('what the profile demands of each class is there', () => {
  const demanded: Record<string, readonly string[]> = {
    'cpsv:PublicService': ['dct:identifier', 'dct:title', 'dct:description', 'cv:hasCompetentAuthority'],
    'cv:PublicOrganisation': ['skos:prefLabel', 'dct:spatial'],
    'cv:Evidence': ['dct:identifier', 'dct:title'],
    'cv:Requirement': ['dct:identifier', 'dct:title'],
    'cv:Output': ['dct:identifier', 'dct:title'],
    'cv:Channel': ['dct:identifier'],
    'cv:Cost': ['dct:identifier'],
    'cv:Participation': ['dct:identifier', 'dct:description', 'cv:role'],
  };

  for (const node of nodesIn(services)) {
    for (const property of demanded[node['@type'] as string] ?? []) expect(Object.keys(node)).toContain(property);
  }
});

test('whatever is named has an IRI, and no two things of a service share one', () => {
  for (const service of services) {
    const ids = nodesIn(service).flatMap((node) =>
      node['dct:identifier'] === undefined ? [] : [node['@id'] as string],
    );
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(new URL(id).protocol).toBe('urn:');
  }
});

test('texts carry their language, each language once', () => {
  for (const node of nodesIn(services)) {
    for (const property of ['dct:title', 'dct:description']) {
      if (!Array.isArray(node[property])) continue;
      expect((node[property] as JsonLd[]).map((text) => text['@language'])).toEqual(['vi', 'en', 'de']);
    }
  }
});

test('a marriage is registered by whom, with what, how, and by when', () => {
  const id = 'urn:motcua:procedure:S1.000002';

  expect(serviceOf('S1.000002')).toMatchObject({
    'dct:title': [
      { '@value': 'Đăng ký kết hôn', '@language': 'vi' },
      { '@value': 'Registration of a marriage', '@language': 'en' },
      { '@value': 'Registrierung einer Eheschließung', '@language': 'de' },
    ],
    'cv:hasCompetentAuthority': {
      'skos:prefLabel': { '@value': 'Ủy ban nhân dân cấp xã', '@language': 'vi' },
      'dct:spatial': { '@id': spatial },
    },
    'cv:hasLegalResource': [
      { '@type': 'eli:LegalResource', 'dct:title': { '@value': 'Luật Hộ tịch 60/2014/QH13, Điều 18' } },
      { '@type': 'eli:LegalResource' },
      { '@type': 'eli:LegalResource' },
    ],
    'cpsv:hasInput': [
      { '@id': `${id}:component:application-form`, '@type': 'cv:Evidence' },
      { '@id': `${id}:component:marital-status-certificate` },
      { '@id': `${id}:component:identity-document` },
    ],
    'cpsv:produces': { '@id': `${id}:result`, '@type': 'cv:Output' },
    'cv:hasChannel': [{ '@id': `${id}:channel:desk`, '@type': 'cv:Channel' }, { '@id': `${id}:channel:online` }],
    'cv:processingTime': { '@type': 'xsd:duration', '@value': 'P1D' },
    'cv:thematicArea': { 'skos:notation': 'civil-status' },
    'adms:status': { '@id': 'http://purl.org/adms/status/UnderDevelopment' },
  });
  expect(serviceOf('S1.000002')).not.toHaveProperty('cv:hasCost');
});

test('a fee is a cost in đồng, and a limit of its own online stands at that channel', () => {
  const { 'cv:hasCost': cost, 'cv:hasChannel': channels, 'dct:description': text } = serviceOf('S2.000002');

  expect(cost).toMatchObject({
    'cv:hasValue': { '@type': 'xsd:double', '@value': '50000' },
    'cv:currency': { '@id': 'http://publications.europa.eu/resource/authority/currency/VND' },
  });
  expect(channels).toMatchObject([{ 'cv:processingTime': { '@value': 'P3D' } }, {}]);
  expect(channels[1]).not.toHaveProperty('cv:processingTime');
  expect(text[1]['@value']).toBe('Result: New enterprise registration certificate. Limit: 3 working days.');
});

test('other bodies take part in an interconnected procedure, each with its steps and their limits', () => {
  const id = 'urn:motcua:procedure:S1.000022:participation:tax-office';

  expect(serviceOf('S1.000022')['cv:hasParticipation']).toMatchObject([
    {
      '@id': id,
      '@type': 'cv:Participation',
      'dct:description': [{}, { '@value': 'tax-notice: 3 working days', '@language': 'en' }, {}],
      'cv:hasParticipant': { '@id': 'urn:motcua:body:tax-office', '@type': 'foaf:Agent' },
    },
  ]);
  expect(serviceOf('S1.000002')).not.toHaveProperty('cv:hasParticipation');
});

test.each([
  ['S2.000001', 'P20D'], // calendar days as they are
  ['S2.000009', 'P2M'],
  ['S1.000017', 'P2D'], // eight working hours may end on the next day
  ['S2.000004', 'P14D'], // ten working days are two weeks
])('the duration of %s is %s', (code, duration) => {
  expect(serviceOf(code)['cv:processingTime']['@value']).toBe(duration);
});

test('what is no sample is a service that works, unless it is a draft', () => {
  const [procedure] = procedures.filter(isDescribed);
  const real = { ...procedure!, description: { ...procedure!.description, sample: false } };
  const statusOf = (state: 'draft' | 'published') =>
    (cpsvApDocument([{ ...real, state }], spatial)['@graph'] as any)[0]['adms:status']['@id'];

  expect(statusOf('published')).toBe('http://purl.org/adms/status/Completed');
  expect(statusOf('draft')).toBe('http://purl.org/adms/status/UnderDevelopment');
});
