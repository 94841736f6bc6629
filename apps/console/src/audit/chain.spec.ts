import { chainBreaks } from './chain';
import recorded from './journal-of-a-dossier.json'; // As a desk gave it: received, processed, returned.

const { dossierId, entries } = recorded;
const [first, second, third] = entries as [ChainedEntry, ChainedEntry, ChainedEntry];
type ChainedEntry = (typeof entries)[number];

async function hashOf(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex');
}

async function behind({ sequence, hash }: ChainedEntry): Promise<ChainedEntry> {
  const body = JSON.stringify({ subject: dossierId, sequence: sequence + 1, previoushash: hash });
  return { ...third, sequence: sequence + 1, body, hash: await hashOf(body) };
}

test('the journal of a dossier, as desk wrote it, is an unbroken chain', async () => {
  expect(await chainBreaks(dossierId, entries)).toEqual([]);
});

test('one changed letter is found where it is', async () => {
  const altered = { ...second, body: second.body.replace('granted', 'refused') };

  expect(await chainBreaks(dossierId, [first, altered, third])).toEqual([{ kind: 'entry-altered', sequence: 2 }]);
});

test('an entry rewritten with a fresh hash breaks the link of the one behind it', async () => {
  const body = second.body.replace('granted', 'refused');
  const rewritten = { ...second, body, hash: await hashOf(body) };

  expect(await chainBreaks(dossierId, [first, rewritten, third])).toEqual([{ kind: 'chain-broken', sequence: 3 }]);
});

test('an entry that is gone, one of another dossier and one that is no JSON are found', async () => {
  const noJson = { ...third, body: 'nothing', hash: await hashOf('nothing') };

  const fourth = await behind(third);

  expect(await chainBreaks(dossierId, [first, third, fourth])).toEqual([{ kind: 'entry-missing', sequence: 3 }]);
  expect((await chainBreaks('another', [first])).map(({ kind }) => kind)).toEqual(['entry-altered']);
  expect(await chainBreaks(dossierId, [first, second, noJson])).toEqual([{ kind: 'entry-altered', sequence: 3 }]);
});
