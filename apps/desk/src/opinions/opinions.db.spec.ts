import { instantOnWall } from '#calendar';
import { DeskAtWork, withMigrator, type Reply } from '../../test/desk-at-work';

jest.setTimeout(60_000);

/* Other bodies are asked and answer, in time or not at all, while the lead's clock runs. On a real database. */

const HOUR_MS = 3_600_000;
/* The week of Monday 16 November 2026 has no holiday; now is its Friday, four in the afternoon. */
const november = (day: number, time: string) =>
  instantOnWall({ timeZone: 'Asia/Ho_Chi_Minh' }, `2026-11-${day} ${time}`);
const asked = { officialId: 'tuan', postId: 'do-luong-civil-officer' };
const question = { asked, limit: { amount: 8, unit: 'WORKING_HOUR' }, questionCode: 'residence' };

let desk: DeskAtWork;

beforeAll(async () => {
  const timeMap = { mapped: november(20, '16:00'), speed: 1 };
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', timeMap, organisation: withMigrator });
}, 60_000);

afterAll(() => desk.stop());

interface Open {
  readonly dossierId: string;
  readonly etag: string | null;
}

const command = (who: string, { dossierId, etag }: Open, name: string, body: object = {}): Promise<Reply> =>
  desk.as(who, 'POST', `/dossiers/${dossierId}/${name}`, body, { ifMatch: etag });

/** Received on Monday at eight as records are taken over, and asked about an hour later. */
async function askedOnMonday(change: object = {}): Promise<Open & { readonly opinionId: string }> {
  const responsible = { officialId: 'lan', postId: 'do-luong-centre-clerk' };
  const intake = { procedureCode: '1.012786', channel: 'desk', responsible, occurredAt: november(16, '08:00') };
  const { body, etag } = await desk.as('kien', 'POST', '/dossiers', intake);
  const { dossierId } = body as { dossierId: string };
  const said = { ...question, occurredAt: november(16, '09:00'), ...change };
  const reply = await command('kien', { dossierId, etag }, 'request-opinion', said);
  expect(reply).toMatchObject({ status: 200, body: { clockRuns: true } });
  return { dossierId, etag: reply.etag, opinionId: reply.body.opinions[0].opinionId as string };
}

const typesOf = async ({ dossierId }: Open) => {
  const rows = await desk.rows('select type from desk.journal where stream = $1 order by sequence', dossierId);
  return rows.map(({ type }) => type);
};

describe('who is asked', () => {
  test('finds it in the list of the office, reads the dossier, and answers; others see nothing of it', async () => {
    const dossier = await desk.receive();
    expect((await desk.as('tuan', 'GET', `/dossiers/${dossier.dossierId}`)).status).toBe(404);

    const requested = await command('lan', dossier, 'request-opinion', question);
    const [{ opinionId }] = requested.body.opinions as [{ opinionId: string }];

    const list = await desk.as('tuan', 'GET', '/opinions');
    expect(list.body.opinions).toContainEqual(
      expect.objectContaining({ opinionId, dossierId: dossier.dossierId, questionCode: 'residence', answer: null }),
    );
    const read = await desk.as('tuan', 'GET', `/dossiers/${dossier.dossierId}`);
    expect(read.status).toBe(200);
    for (const who of ['minh', 'hoa']) {
      expect((await desk.as(who, 'GET', `/dossiers/${dossier.dossierId}`)).status).toBe(404);
      expect((await desk.as(who, 'GET', '/opinions')).body).toEqual({ opinions: [], next: null });
    }
    const answer = { opinionId, outcome: 'conditions', reasonCode: 'address-unclear' };
    expect((await command('lan', { ...dossier, etag: read.etag }, 'give-opinion', answer)).status).toBe(403);
    expect((await command('tuan', { ...dossier, etag: read.etag }, 'suspend', { reasonCode: 'opinion' })).status).toBe(
      403,
    );

    const given = await command('tuan', { ...dossier, etag: read.etag }, 'give-opinion', answer);

    expect(given.body.opinions).toMatchObject([{ opinionId, answer: { outcome: 'conditions', presumed: false } }]);
    const after = (await desk.as('tuan', 'GET', '/opinions')).body.opinions as { opinionId: string }[];
    expect(after.map((one) => one.opinionId)).not.toContain(opinionId);
  });

  test('finds it by its code, and knows what of it to read; it is none of their work, and others are refused and logged', async () => {
    const dossier = await desk.receive();
    const byCode = async (who: string) =>
      (await desk.as(who, 'GET', `/dossiers?code=${dossier.body.code as string}`)).body.dossiers as unknown[];
    const refusals = () =>
      desk.rows(
        'select official_id, outcome from desk.access_log where dossier_id = $1 and route is not null order by id',
        dossier.dossierId,
      );
    expect(await byCode('tuan')).toEqual([]);
    await command('lan', dossier, 'request-opinion', question);

    expect(await byCode('tuan')).toMatchObject([{ dossierId: dossier.dossierId }]);
    expect(await byCode('dung')).toHaveLength(1);
    expect(await byCode('minh')).toEqual([]);
    expect(await refusals()).toEqual([
      { official_id: 'tuan', outcome: 'not-found' },
      { official_id: 'minh', outcome: 'not-found' },
    ]);
    const listed = (await desk.as('tuan', 'GET', '/dossiers?limit=200')).body.dossiers as { dossierId: string }[];
    expect(listed.map(({ dossierId }) => dossierId)).not.toContain(dossier.dossierId);
    const readable = async (who: string) =>
      (await desk.as(who, 'GET', `/dossiers/${dossier.dossierId}`)).body.readable as string[];
    expect(await readable('tuan')).toEqual(['read-attachment', 'read-e-form']);
    expect(await readable('lan')).toEqual([
      'read-approvals',
      'read-attachment',
      'read-e-form',
      'read-form',
      'read-notes',
    ]);
    const parts = ['approvals', 'attachments', 'e-form', 'forms/receipt', 'notes', 'messages'];
    const answered = parts.map(
      async (part) => (await desk.as('tuan', 'GET', `/dossiers/${dossier.dossierId}/${part}`)).status,
    );
    expect(await Promise.all(answered)).toEqual([403, 200, 200, 403, 403, 403]);
  });

  test('reads the files until they have answered, and of what was written what asks, answers and came with the papers', async () => {
    const intake = { procedureCode: '1.012786', channel: 'desk', remark: 'with the papers' };
    const { body, etag } = await desk.as('lan', 'POST', '/dossiers', intake);
    const { dossierId } = body as { dossierId: string };
    const requested = await command('lan', { dossierId, etag }, 'request-opinion', { ...question, remark: 'please' });
    const suspended = { reasonCode: 'opinion', remark: 'among colleagues' };
    const paused = await command('lan', { dossierId, etag: requested.etag }, 'suspend', suspended);
    const textsFor = async (who: string) =>
      (await desk.as(who, 'GET', `/dossiers/${dossierId}`)).body.remarks.map(({ text }: { text: string }) => text);
    expect(await textsFor('lan')).toEqual(['with the papers', 'please', 'among colleagues']);
    expect(await textsFor('tuan')).toEqual(['with the papers', 'please']);
    const filesFor = async (who: string) => (await desk.as(who, 'GET', `/dossiers/${dossierId}/attachments`)).body;
    expect(await filesFor('tuan')).toMatchObject({ mayRead: true });

    const { opinionId } = requested.body.opinions[0] as { opinionId: string };
    const answer = { opinionId, outcome: 'consent', remark: 'nothing against it' };
    expect((await command('tuan', { dossierId, etag: paused.etag }, 'give-opinion', answer)).status).toBe(200);

    expect(await textsFor('tuan')).toEqual(['with the papers', 'please', 'nothing against it']);
    expect((await desk.as('tuan', 'GET', `/dossiers/${dossierId}`)).body.readable).toEqual([]);
    expect(await filesFor('tuan')).toEqual({ attachments: [], mayRead: false, mayAdd: false });
    expect((await desk.as('tuan', 'GET', `/dossiers/${dossierId}/e-form`)).status).toBe(403);
  });

  test('is told how much working time is left, and who waits; past the date, how much it is over', async () => {
    const { opinionId } = await askedOnMonday();

    const { opinions } = (await desk.as('tuan', 'GET', '/opinions?limit=200')).body;

    const found = opinions.find((one: { opinionId: string }) => one.opinionId === opinionId);
    expect(found.holder).toMatchObject({ officialId: 'lan', officeId: 'do-luong-centre' });
    expect(Math.trunc(found.workingMsLeft / HOUR_MS)).toBe(-29); // Since Tuesday at nine.
  });

  test('may be anybody of the office, and its head; of two bodies each answers for its own', async () => {
    const dossier = await desk.receive();
    const first = await command('lan', dossier, 'request-opinion', question);
    const land = { officialId: 'minh', postId: 'do-luong-land-officer' };
    const both = await command('lan', { ...dossier, etag: first.etag }, 'request-opinion', {
      ...question,
      asked: land,
    });
    const [civil, survey] = both.body.opinions as [{ opinionId: string }, { opinionId: string }];
    const open = { ...dossier, etag: both.etag };

    const consent = (opinionId: string) => ({ opinionId, outcome: 'consent' });
    expect((await command('son', open, 'give-opinion', consent(civil.opinionId))).status).toBe(403);
    const son = await command('son', open, 'give-opinion', consent(survey.opinionId));
    expect(son.status).toBe(200);
    const dung = await command('dung', { ...open, etag: son.etag }, 'give-opinion', consent(civil.opinionId));
    expect(dung.body.opinions.map(({ answer }: any) => answer.outcome)).toEqual(['consent', 'consent']);
  });

  test('is listed page by page, earliest due first', async () => {
    const opinionIds = new Set<string>();
    for (let after: string | null = null, pages = 0; pages < 20; pages += 1) {
      const reply: Reply = await desk.as('thu', 'GET', `/opinions?limit=1${after === null ? '' : `&after=${after}`}`);
      for (const { opinionId } of reply.body.opinions as { opinionId: string }[]) opinionIds.add(opinionId);
      after = reply.body.next as string | null;
      if (after === null) break;
    }
    const whole = (await desk.as('thu', 'GET', '/opinions')).body.opinions as { opinionId: string; dueAt: string }[];

    expect([...opinionIds]).toEqual(whole.map(({ opinionId }) => opinionId));
    expect(whole.map(({ dueAt }) => dueAt)).toEqual(whole.map(({ dueAt }) => dueAt).sort());
  });
});

describe('silence', () => {
  test('is consent where the law says so: recorded before the next command, at the instant it was due', async () => {
    const dossier = await askedOnMonday({ onSilence: 'consent', legalBasis: 'Decree 1' });
    const { body } = await command('lan', dossier, 'hand-over', {
      to: { officialId: 'minh', postId: 'do-luong-land-officer' },
    });

    expect(body.opinions).toMatchObject([
      { answer: { at: november(17, '09:00'), outcome: 'consent', presumed: true } },
    ]);
    expect(await typesOf(dossier)).toEqual([
      'dossier-received',
      'opinion-requested',
      'opinion-presumed',
      'dossier-handed-over',
    ]);
    const [row] = await desk.rows(
      'select answered_sequence from desk.opinion where opinion_id = $1',
      dossier.opinionId,
    );
    expect(row).toEqual({ answered_sequence: 3 });
  });

  test('leaves whoever answers after it an answer that says since when it was consent', async () => {
    const dossier = await askedOnMonday({ onSilence: 'consent', legalBasis: 'Decree 1' });
    const late = { opinionId: dossier.opinionId, outcome: 'objection', reasonCode: 'address-unclear' };

    expect(await command('tuan', dossier, 'give-opinion', late)).toMatchObject({
      status: 409,
      body: { code: 'OPINION_ANSWERED', answeredAt: november(17, '09:00'), presumed: true },
    });
    expect(await typesOf(dossier)).not.toContain('opinion-given');
  });
});

test('a late opinion is the asked body’s lateness, apart from the lead’s, and the lead owes the apology', async () => {
  const dossier = await askedOnMonday();
  const given = { opinionId: dossier.opinionId, outcome: 'consent', occurredAt: november(18, '09:00') };
  await command('kien', dossier, 'give-opinion', given);

  const { body } = await desk.as('thu', 'GET', `/dossiers/${dossier.dossierId}/responsibility`);

  expect(body.lateness.legal).toMatchObject({ lateMs: 0 });
  expect(body.leadOfficeId).toBe('do-luong'); // It received the record that was taken over.
  expect(body.bodies).toMatchObject([
    { officeId: 'do-luong-civil', lateMs: 8 * HOUR_MS, steps: [], opinions: [{ answeredAt: november(18, '09:00') }] },
  ]);
});

test.each<[string, object, string]>([
  ['somebody who holds no such post', { asked: { officialId: 'lan', postId: asked.postId } }, 'asked.officialId'],
  ['oneself', { asked: { officialId: 'huong', postId: 'do-luong-centre-clerk' } }, 'asked'],
  ['no time at all', { limit: undefined }, 'limit'],
  ['a unit that nobody counts', { limit: { amount: 1, unit: 'FORTNIGHT' } }, 'limit.unit'],
  ['a silence without a law', { onSilence: 'consent' }, 'legalBasis'],
])('not asked is %s', async (_, change, field) => {
  const dossier = await desk.receive();

  const { status, body } = await command('lan', dossier, 'request-opinion', { ...question, ...change });

  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain(field);
});
