import { demoOrganisation, DeskAtWork } from '../../test/desk-at-work';

/* Deputies, mandates, and the three offices of a dossier, on a real database. */

const since = '2025-06-30T17:00:00.000Z';
const minhs = { responsible: { officialId: 'minh', postId: 'do-luong-land-officer' } };
const toSon = { to: { officialId: 'son', postId: 'do-luong-land-officer' }, reasonCode: 'absent' };

jest.setTimeout(60_000);

let desk: DeskAtWork;

beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1' });
});

afterAll(() => desk.stop());

afterEach(() => load({}));

/** The demo office with something changed. */
async function load(change: object): Promise<void> {
  const { status } = await desk.as('quang', 'POST', '/organisation', { ...demoOrganisation, ...change });
  expect(status).toBe(201);
}

describe('a deputy', () => {
  const deputies = [{ postId: 'do-luong-land-head', deputyPostId: 'do-luong-land-officer', from: since, until: null }];

  test('has the head’s rights while the head is away, and signs with their own name', async () => {
    const { dossierId, etag } = await desk.receive(minhs);
    const path = `/dossiers/${dossierId}/reassign`;
    await load({ deputies });
    expect(await desk.as('son', 'POST', path, toSon, { ifMatch: etag })).toMatchObject({ status: 403 });
    expect((await desk.as('son', 'GET', '/rights/reassign')).body).toEqual({ scope: null });

    await load({ deputies, absences: [{ officialId: 'hoa', from: since, until: null }] });

    expect((await desk.as('son', 'GET', '/rights/reassign')).body).toEqual({ scope: 'offices-below' });
    expect(await desk.as('son', 'POST', path, toSon, { ifMatch: etag })).toMatchObject({ status: 200 });
    const { entries } = (await desk.as('hoa', 'GET', `/dossiers/${dossierId}/history`)).body;
    expect(entries.at(-1).event.data.actor).toEqual({
      officialId: 'son',
      postId: 'do-luong-land-officer',
      officeId: 'do-luong-land',
    });
  });

  test('is told to the service that alerts for just the time of it, so that the head’s open alerts are theirs to take up', async () => {
    const asked = () => desk.asService('oversight', 'GET', '/standing-in/son/do-luong-land-officer');
    await load({ deputies });
    expect((await asked()).body).toEqual({ posts: [] });

    await load({ deputies, absences: [{ officialId: 'hoa', from: since, until: null }] });

    expect((await asked()).body).toEqual({ posts: ['do-luong-land-head'] });
    expect((await desk.as('son', 'GET', '/rights/acknowledge')).body).toEqual({ scope: 'offices-below' });
    const { body } = await desk.asService('oversight', 'GET', '/standing-in/tuan/do-luong-land-officer');
    expect(body).toEqual({ posts: [] });
    expect(await desk.as('son', 'GET', '/standing-in/son/do-luong-land-officer')).toMatchObject({ status: 403 });
  });

  test('has them in the head’s office only', async () => {
    const { dossierId, etag } = await desk.receive({
      responsible: { officialId: 'tuan', postId: 'do-luong-civil-officer' },
    });
    await load({ deputies, absences: [{ officialId: 'hoa', from: since, until: null }] });

    expect(await desk.as('son', 'POST', `/dossiers/${dossierId}/reassign`, toSon, { ifMatch: etag })).toMatchObject({
      status: 404,
    });
  });
});

describe('who signs', () => {
  const until = '2027-03-01';
  const extend = (who: string, { dossierId, etag }: { dossierId: string; etag: string }, body: object) =>
    desk.as(who, 'POST', `/dossiers/${dossierId}/extend`, { reasonCode: 'survey', until, ...body }, { ifMatch: etag });

  test('must head an office at or above, and another is refused by name of the field', async () => {
    const dossier = await desk.receive(minhs);

    for (const signedBy of ['son', 'dung']) {
      expect(await extend('hoa', dossier, { signedBy })).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'signedBy', rule: expect.stringContaining('hold a mandate to sign-apology') }] },
      });
    }
    expect((await extend('hoa', dossier, { signedBy: 'an' })).status).toBe(200);
  });

  test('may be whoever holds a mandate, from its first day on', async () => {
    const dossier = await desk.receive(minhs);
    const mandate = (from: string) => ({
      mandates: [
        {
          postId: 'do-luong-civil-head',
          action: 'sign-apology',
          procedureCode: '1.012786',
          officeId: 'do-luong',
          from,
          legalBasis: 'Decision 12/QĐ-UBND',
          until: null,
        },
      ],
    });
    await load(mandate('2027-01-01T00:00:00.000Z'));
    expect((await extend('hoa', dossier, { signedBy: 'dung' })).status).toBe(400);
    await load(mandate(since));

    const query = '/mandates?officeId=do-luong-land&action=sign-apology&procedureCode=1.012786';
    const { body } = await desk.as('lan', 'GET', query);
    expect(body.answerable.map((one: any) => [one.officialId, one.by, one.legalBasis])).toEqual([
      ['hoa', 'head', null],
      ['an', 'head', null],
      ['dung', 'mandate', 'Decision 12/QĐ-UBND'],
    ]);
    const earlier = (await desk.as('lan', 'GET', `${query}&at=2025-01-01T00:00:00.000Z`)).body;
    expect(earlier.answerable).toEqual([]);
    expect((await extend('hoa', dossier, { signedBy: 'dung' })).status).toBe(200);
  });

  test('an exception is approved by somebody who may', async () => {
    const dossier = await desk.receive(minhs);
    const body = { reasonCode: 'document-missing', components: ['map'], legalBasis: 'Land Law' };
    const ask = (approvedBy: string) =>
      desk.as(
        'minh',
        'POST',
        `/dossiers/${dossier.dossierId}/request-supplement`,
        { ...body, approvedBy },
        {
          ifMatch: dossier.etag,
        },
      );

    expect(await ask('minh')).toMatchObject({ status: 400, body: { errors: [{ field: 'approvedBy' }] } });
    expect((await ask('hoa')).status).toBe(200);
  });
});

describe('who decides', () => {
  const mandate = {
    postId: 'do-luong-land-officer',
    action: 'decide',
    procedureCode: '1.012786',
    officeId: 'do-luong-land',
    from: since,
    until: null,
    legalBasis: 'Decision 12/QĐ-UBND',
  };
  /** Decided by the land office, held by Huong of the centre. */
  const atTheCentre = {
    decidingOfficeId: 'do-luong-land',
    responsible: { officialId: 'huong', postId: 'do-luong-centre-clerk' },
  };
  const decide = (who: string, { dossierId, etag }: { dossierId: string; etag: string }) =>
    desk.as(who, 'POST', `/dossiers/${dossierId}/mark-processed`, { result: 'granted' }, { ifMatch: etag });

  test('is as the policy table says where no mandate is declared', async () => {
    expect((await decide('huong', await desk.receive(atTheCentre))).status).toBe(200);
  });

  test('is whoever holds a mandate, or heads the office, as soon as one is declared; others are told who', async () => {
    const dossier = await desk.receive(atTheCentre);
    await load({ mandates: [mandate] });

    const refused = await decide('huong', dossier);
    expect(refused).toMatchObject({ status: 403, body: { code: 'DECISION_NOT_MANDATED', command: 'mark-processed' } });
    expect(refused.body.answerable.map((one: any) => [one.officialId, one.by])).toEqual([
      ['hoa', 'head'],
      ['an', 'head'],
      ['minh', 'mandate'],
      ['son', 'mandate'],
    ]);
    expect((await desk.as('huong', 'GET', `/dossiers/${dossier.dossierId}`)).body.status).toBe('received');
    expect((await decide('minh', dossier)).status).toBe(200);
    expect((await decide('hoa', await desk.receive(atTheCentre))).status).toBe(200);
  });

  test('is not asked for a mandate that another procedure has, or that has ended', async () => {
    const ended = { ...mandate, until: '2026-01-01T00:00:00.000Z' };
    await load({ mandates: [{ ...mandate, procedureCode: '1.001193' }, ended] });

    expect((await decide('huong', await desk.receive(atTheCentre))).status).toBe(200);
  });

  test('to stop a dossier is a decision too: the head of an office without the mandate is refused', async () => {
    const { dossierId, etag } = await desk.receive(atTheCentre);
    await load({ mandates: [mandate] });
    const stop = (who: string) =>
      desk.as(who, 'POST', `/dossiers/${dossierId}/stop`, { reasonCode: 'court-order' }, { ifMatch: etag });

    expect(await stop('binh')).toMatchObject({ status: 403, body: { code: 'DECISION_NOT_MANDATED' } });
    expect((await stop('hoa')).status).toBe(200);
  });
});

describe('the three offices of a dossier', () => {
  test('are told, shown, and the one that decides reaches it from the first hour', async () => {
    const { dossierId, body } = await desk.receive({
      helpedByOfficeId: 'do-luong-land',
      decidingOfficeId: 'do-luong-civil',
    });

    expect(body).toMatchObject({
      officeId: 'do-luong-centre',
      helpedByOfficeId: 'do-luong-land',
      decidingOfficeId: 'do-luong-civil',
    });
    expect(await desk.as('dung', 'GET', `/dossiers/${dossierId}`)).toMatchObject({ status: 200 });
    const listed = (await desk.as('dung', 'GET', '/dossiers?limit=200')).body.dossiers as { dossierId: string }[];
    expect(listed.map((one) => one.dossierId)).toContain(dossierId);
    expect(await desk.as('hoa', 'GET', `/dossiers/${dossierId}`)).toMatchObject({ status: 404 });
    const { entries } = (await desk.as('dung', 'GET', `/dossiers/${dossierId}/history`)).body;
    expect(entries[0].event).toMatchObject({
      dataschema: 'urn:motcua:dossier-received/3',
      data: { helpedByOfficeId: 'do-luong-land', decidingOfficeId: 'do-luong-civil' },
    });
  });

  test('are kept from the submission to the acceptance; where none is named, the one that receives decides', async () => {
    const submission = { procedureCode: '1.001193', channel: 'online', decidingOfficeId: 'do-luong-civil' };
    const submitted = await desk.as('huong', 'POST', '/submissions', submission);
    const path = `/dossiers/${(submitted.body as { dossierId: string }).dossierId}/accept`;

    const accepted = await desk.as('huong', 'POST', path, {}, { ifMatch: submitted.etag! });

    expect(accepted.body).toMatchObject({ decidingOfficeId: 'do-luong-civil', helpedByOfficeId: null });
    expect((await desk.receive()).body).toMatchObject({ decidingOfficeId: 'do-luong-centre', helpedByOfficeId: null });
  });

  test('exist: one that nobody knows, or that has ended, is refused with its successor', async () => {
    const received = (body: object) =>
      desk.as('lan', 'POST', '/dossiers', { procedureCode: '1.012786', channel: 'desk', ...body });
    expect(await received({ decidingOfficeId: 'atlantis' })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'decidingOfficeId' }] },
    });
    const ended = { validUntil: '2026-01-01T00:00:00.000Z', successorId: 'do-luong-land' };
    await load({
      offices: demoOrganisation.offices.map((one) => (one.id === 'do-luong-civil' ? { ...one, ...ended } : one)),
    });

    expect(await received({ helpedByOfficeId: 'do-luong-civil' })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'helpedByOfficeId', rule: expect.stringContaining('ask do-luong-land') }] },
    });
    expect(
      await desk.as('lan', 'GET', '/promises?procedureCode=1.012786&channel=desk&officeId=do-luong-civil'),
    ).toMatchObject({
      status: 409,
      body: { code: 'OFFICE_NOT_THERE' },
    });
  });
});

test('a load tells each thing that it changes, after itself, by id and without names', async () => {
  const told = async () =>
    desk.rows(
      `select sequence, type, body::jsonb->'data' as data from desk.journal where stream = 'organisation' order by sequence`,
    );
  const before = await told();
  expect(before[1]).toMatchObject({
    type: 'organisation-changed',
    data: { kind: 'office', change: 'added', officeId: 'do-luong', version: 1, actor: { officialId: 'quang' } },
  });
  expect(JSON.stringify(before)).not.toContain('Nguyễn');

  const ended = { validUntil: '2026-01-01T00:00:00.000Z', successorId: 'do-luong-land' };
  await load({
    offices: demoOrganisation.offices.map((one) => (one.id === 'do-luong-civil' ? { ...one, ...ended } : one)),
    absences: [{ officialId: 'dung', from: since, until: null }],
  });
  await load({
    offices: demoOrganisation.offices.map((one) => (one.id === 'do-luong-civil' ? { ...one, ...ended } : one)),
    absences: [{ officialId: 'dung', from: since, until: null }],
  });

  const after = (await told()).slice(before.length);
  expect(after.map(({ type, data }: any) => [type, data.change, data.kind])).toEqual([
    ['organisation-loaded', undefined, undefined],
    ['organisation-changed', 'removed', 'absence'],
    ['organisation-changed', 'changed', 'office'],
    ['organisation-changed', 'added', 'absence'],
  ]);
  expect(after[2]!['data']).toMatchObject({
    officeId: 'do-luong-civil',
    successorId: 'do-luong-land',
    until: ended.validUntil,
  });
});
