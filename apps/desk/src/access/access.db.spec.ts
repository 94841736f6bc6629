import type { Organisation } from '#domain';
import { routesOf } from '#testing';
import { demoOrganisation, DeskAtWork } from '../../test/desk-at-work';
import { DeskModule } from '../desk.module';

jest.setTimeout(60_000);

/** Beside the office for land, one whose id begins with that office's, with a clerk of its own. */
const registry = 'do-luong-land-registry';
const { offices, posts, officials, tenures } = demoOrganisation;
const withNamesake: Organisation = {
  ...demoOrganisation,
  offices: [...offices, { ...offices.find(({ id }) => id === 'do-luong-land')!, id: registry }],
  posts: [...posts, { id: 'registrar', officeId: registry, name: 'Registrar', roles: ['clerk'] }],
  officials: [...officials, { id: 'kim', name: 'Kim', email: null }],
  tenures: [...tenures, { officialId: 'kim', postId: 'registrar', from: '2025-06-30T17:00:00.000Z', until: null }],
};

let desk: DeskAtWork;

beforeAll(async () => (desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', organisation: withNamesake })));
afterAll(() => desk.stop());

test('no route answers who has no token, or holds no post', async () => {
  const routes = await routesOf(DeskModule);
  expect(routes.length).toBeGreaterThan(30);

  const stranger = await desk.token('issuer', { sub: 'nobody', post: 'do-luong-chair', office: 'do-luong' });
  for (const { method, path } of routes) {
    const url = path.replace(/\{\w+\}/g, '01932c8e-7c00-7000-8000-0000000000aa');
    const anonymous = await desk.request(null, method, url, undefined, {});
    const unknown = await desk.request(stranger, method, url, undefined, {});
    expect([method, path, anonymous.status, unknown.status]).toEqual([method, path, 401, 403]);
  }
});

test('an office reaches no dossier of another whose id begins with its own', async () => {
  const received = await desk.as('kim', 'POST', '/dossiers', { procedureCode: '1.012786', channel: 'desk' });
  expect(received).toMatchObject({ status: 201 });
  const { dossierId } = received.body as { dossierId: string };

  expect(await desk.as('kim', 'GET', `/dossiers/${dossierId}`)).toMatchObject({ status: 200 });
  for (const who of ['minh', 'hoa']) {
    expect(await desk.as(who, 'GET', `/dossiers/${dossierId}`)).toMatchObject({ status: 404 });
    const { body } = await desk.as(who, 'GET', '/dossiers');
    expect(JSON.stringify(body)).not.toContain(dossierId);
  }
});

describe('what is refused stands in the access log', () => {
  const logged = () =>
    desk.rows(
      `select official_id, post_id, action, route, dossier_id, outcome from desk.access_log where outcome <> 'allowed' order by id desc limit 1`,
    );
  const unknown = '01932c8e-7c00-7000-8000-0000000000ab';

  test('what the caller’s post does not allow', async () => {
    expect(await desk.as('lan', 'GET', '/statistics?from=2026-01-01&until=2026-02-01')).toMatchObject({ status: 403 });

    expect(await logged()).toEqual([
      {
        official_id: 'lan',
        post_id: 'do-luong-centre-clerk',
        action: 'read-statistics',
        route: 'GET /statistics',
        dossier_id: null,
        outcome: 'forbidden',
      },
    ]);
  });

  test('a dossier that the caller may not see, and one that is not there, alike', async () => {
    const { dossierId } = await desk.receive();
    for (const id of [dossierId, unknown]) {
      const { body } = await desk.as('tuan', 'GET', `/dossiers/${id}/commands`);
      expect(body).toMatchObject({ code: 'DOSSIER_NOT_FOUND' });
      expect(await logged()).toMatchObject([
        { official_id: 'tuan', route: 'GET /dossiers/:dossierId/commands', dossier_id: id, outcome: 'not-found' },
      ]);
    }
  });

  test('a dossier asked for by its code that is not the caller’s to see, and none that is', async () => {
    const { dossierId, body: received } = await desk.receive();
    const asked = async (who: string) =>
      (await desk.as(who, 'GET', `/dossiers?code=${received.code}&status=returned`)).body;
    const before = await logged();
    expect([await asked('lan'), await logged()]).toEqual([expect.objectContaining({ dossiers: [] }), before]);

    expect(await asked('tuan')).toMatchObject({ dossiers: [] });
    expect(await logged()).toMatchObject([
      { official_id: 'tuan', route: 'GET /dossiers', dossier_id: dossierId, outcome: 'not-found' },
    ]);
  });

  test('what another service refused, and no person says so', async () => {
    const { dossierId } = await desk.receive();
    const who = { officialId: 'lan', postId: 'do-luong-centre-clerk', officeId: 'do-luong-centre' };
    const refusal = {
      ...who,
      action: 'audit-dossier',
      route: 'GET /audits/:dossierId',
      dossierId,
      outcome: 'forbidden',
    };
    expect(await desk.as('tuan', 'POST', '/refusals', refusal)).toMatchObject({ status: 403 });
    expect((await desk.asService('clock', 'POST', '/refusals', refusal)).status).toBe(204);

    expect(await logged()).toMatchObject([
      { official_id: 'lan', action: 'audit-dossier', route: 'clock: GET /audits/:dossierId', dossier_id: dossierId },
    ]);
    for (const wrong of [{ dossierId: 'x' }, { outcome: 'allowed' }, { route: 'GET /x y' }]) {
      expect((await desk.asService('clock', 'POST', '/refusals', { ...refusal, ...wrong })).status).toBe(400);
    }
  });

  test('a command on what may only be read; it moves neither ETag nor history', async () => {
    const { dossierId, etag } = await desk.receive();
    const refused = await desk.as(
      'thu',
      'POST',
      `/dossiers/${dossierId}/stop`,
      { reasonCode: 'dispute' },
      { ifMatch: etag },
    );
    expect(refused).toMatchObject({ status: 403 });

    expect(await logged()).toMatchObject([
      { official_id: 'thu', action: 'stop', dossier_id: dossierId, outcome: 'forbidden' },
    ]);
    const { body, etag: then } = await desk.as('lan', 'GET', `/dossiers/${dossierId}`);
    expect([then, body.lastSequence]).toEqual([etag, 1]);
  });
});

test('an administrator reads the streams of no dossier, and no dossier’s own', async () => {
  const { dossierId } = await desk.receive();

  expect(await desk.as('quang', 'GET', '/journal/organisation')).toMatchObject({ status: 200 });
  expect(await desk.as('quang', 'GET', `/journal/${dossierId}`)).toMatchObject({ status: 404 });
});
