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
