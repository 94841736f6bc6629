import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const languages = ['vi', 'en', 'de'];
const folders = readdirSync(join(__dirname, 'vi'));
const source = join(__dirname, '..');

/** Plural forms differ by language; what they belong to must not. */
const plural = /_(zero|one|two|few|many|other)$/;

function wordsOf(language: string, folder: string): Map<string, string> {
  const words = JSON.parse(readFileSync(join(__dirname, language, folder), 'utf8')) as object;
  return new Map(flat(words, ''));
}

function flat(words: object, path: string): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[path + key, value] as [string, string]] : flat(value as object, `${path}${key}.`),
  );
}

const keysOf = (words: Map<string, string>) =>
  [...new Set([...words.keys()].map((key) => key.replace(plural, '')))].sort();
const placesOf = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort();

test.each(languages)('%s has the same folders as the first language', (language) => {
  expect(readdirSync(join(__dirname, language))).toEqual(folders);
});

test.each(folders)('%s says the same in every language', (folder) => {
  const [first, ...others] = languages.map((language) => wordsOf(language, folder));
  for (const words of others) expect(keysOf(words)).toEqual(keysOf(first!));
});

test.each(folders)('%s leaves nothing unsaid and fills the same places in', (folder) => {
  const first = wordsOf('vi', folder);
  for (const language of languages) {
    for (const [key, text] of wordsOf(language, folder)) {
      expect(`${language} ${key}: ${text.trim()}`).not.toBe(`${language} ${key}: `);
      const inFirst = first.get(key) ?? first.get(key.replace(plural, '_other'));
      if (!plural.test(key)) expect([key, placesOf(text)]).toEqual([key, placesOf(inFirst ?? '')]);
    }
  }
});

test.each(folders)('%s has every plural form that its language knows', (folder) => {
  for (const language of languages) {
    const words = wordsOf(language, folder);
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const key of new Set(
      [...words.keys()].filter((one) => plural.test(one)).map((one) => one.replace(plural, '')),
    ))
      expect(forms.filter((form) => !words.has(`${key}_${form}`)).map((form) => `${language} ${key}_${form}`)).toEqual(
        [],
      );
  }
});

test('every word that the console asks for literally is there', () => {
  const missing = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.(spec|d)\.ts$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(source, file), 'utf8');
      const folder = /useTranslation\(\[?'([\w-]+)'/.exec(text)?.[1] ?? 'frame';
      return [...text.matchAll(/\bt\('([^']+)'/g)].flatMap(([, said]) => {
        const [ns, key] = said!.includes(':') ? (said!.split(':') as [string, string]) : [folder, said!];
        const keys = keysOf(wordsOf('vi', `${ns}.json`));
        return keys.includes(key) ? [] : [`${file}: ${ns}:${key}`];
      });
    });
  expect(missing).toEqual([]);
});

/** What nobody meets in the console: the citizen's pages and the command line have words of their own, programs need none. */
const notInTheConsole = [
  ...['COMPLAINT_NOT_OFFERED', 'FEEDBACK_GIVEN', 'INVITATION_OVER', 'NOTHING_TO_LOOK_UP', 'TOO_MANY_COMPLAINTS'],
  ...['ALREADY_TAKEN_OVER', 'BATCH_INCOMPLETE', 'DEMO_MIXED', 'NO_DEMO', 'PROVIDER_NOT_SET', 'WALL_TIME_INVALID'],
  ...['CONSOLE_NOT_BUILT', 'KEY_FILE_INVALID', 'PUBLIC_URL_UNSAFE', 'ROUTES_WITHOUT_ACTION', 'SETTINGS_INVALID'],
  ...['TIME_MAP_INVALID', 'TRUST_PROXY_UNCLEAR', 'TOPIC_UNFIT', 'PUBLISHER_CLOSED', 'PUBLISH_IN_PROGRESS'],
  ...['DEAD_LETTER_WITHOUT_STREAM', 'ENTRIES_MISSING', 'HISTORY_FORKED', 'MESSAGE_TOO_LARGE', 'MESSAGE_UNREADABLE'],
  ...['MESSAGING_UNAVAILABLE', 'NOT_AN_EVENT', 'TEMPORAL_REFUSED', 'SERVER_DOWN'],
  ...['BODY_UNEXPECTED', 'METHOD_NOT_CARRIED'],
  'NOTHING_DUE', // Answered for a card that shows nothing then.
];

test('every code that a service may answer with has words, but those that nobody meets here', () => {
  const root = join(source, '../../..');
  const files = ['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /^[\w-]+\/src\/.*\.ts$/.test(file) && !/\.(spec|d)\.ts$/.test(file))
      .map((file) => join(root, folder, file)),
  );
  const said = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/(?:\bcode(?:: string)? = |errorCode: )'([A-Z_]+)'/g)].map(
      ([, code]) => code!,
    ),
  );
  expect(said.length).toBeGreaterThan(90);
  const known = wordsOf('vi', 'frame.json');
  const unknown = [...new Set(said)].filter((code) => !known.has(`problem.${code}`)).sort();
  expect(unknown.filter((code) => !notInTheConsole.includes(code))).toEqual([]);
});
