import type { Organisation } from '#domain';
import { openApiDocument } from '#testing';
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
  const { paths } = JSON.parse(await openApiDocument(DeskModule, 'desk')) as { paths: Record<string, object> };
  const routes = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => [method.toUpperCase(), path] as const),
  );
  expect(routes.length).toBeGreaterThan(30);

  const stranger = await desk.token('issuer', { sub: 'nobody', post: 'do-luong-chair', office: 'do-luong' });
  for (const [method, path] of routes) {
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
