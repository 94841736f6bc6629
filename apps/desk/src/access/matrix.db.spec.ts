import { createHash } from 'node:crypto';
import { dossierCommandNames, policy, type Organisation, type PolicyRow, type Scope } from '#domain';
import { accessOf } from '#platform';
import { routesOf, type DocumentedRoute } from '#testing';
import { DeskAtWork, demoOrganisation, type Reply } from '../../test/desk-at-work';
import { leastSaid } from '../../test/least-said';
import { DeskModule } from '../desk.module';

jest.setTimeout(300_000);

/*
 * Every route, by every kind of caller, on a dossier in every relation to them. What is expected is the policy's row and the two
 * tables below, read by eye; nothing here asks the code that decides.
 */

const roles = ['clerk', 'official', 'head', 'auditor', 'administrator', 'migrator'] as const;
type Role = (typeof roles)[number];

/** Where a dossier is, seen from a caller whose post is in the commune. */
const relations = ['own', 'own office', 'below', 'above', 'sibling', 'other province'] as const;
type Relation = (typeof relations)[number];

/** How far each scope reaches. */
const reach: Readonly<Record<Scope, readonly Relation[]>> = {
  'own-dossier': ['own'],
  'own-office': ['own', 'own office'],
  'offices-below': ['own', 'own office', 'below'],
  everywhere: relations,
};

/** Actions that no relation of these reaches: only whoever was asked may give an opinion. */
const reachedOtherwise = ['give-opinion'];

/** Whose office holds the dossier, by relation. */
const officeOf: Readonly<Record<Relation, string>> = {
  own: 'commune',
  'own office': 'commune',
  below: 'section',
  above: 'province',
  sibling: 'sibling',
  'other province': 'elsewhere',
};

const since = '2025-06-30T17:00:00.000Z';
const office = (id: string, parentId: string | null) => {
  const [model] = demoOrganisation.offices;
  return { ...model!, id, name: id, parentId, headPostId: `${id}-clerk`, receptionPostId: null, committeePostId: null };
};
const offices = [
  office('province', null),
  office('commune', 'province'),
  office('section', 'commune'),
  office('sibling', 'province'),
  office('elsewhere', null),
];
const clerks = offices.map(({ id }) => ({ id: `${id}-clerk`, officeId: id, name: id, roles: ['clerk' as const] }));
const subjects = roles.map((role) => ({ id: `the-${role}`, officeId: 'commune', name: role, roles: [role] }));
const posts = [...clerks, ...subjects];
const away = { from: since, until: null };
const organisation: Organisation = {
  offices,
  posts: [
    ...posts,
    { id: 'absent-head', officeId: 'section', name: 'absent', roles: ['head'] },
    { id: 'deputy', officeId: 'section', name: 'deputy', roles: ['auditor'] },
    { id: 'deputy-before', officeId: 'section', name: 'deputy until last year', roles: ['auditor'] },
  ],
  officials: [...posts.map(({ id }) => id), 'left', 'both', 'gone', 'stands-in', 'stood-in'].map((id) => ({
    id,
    name: id,
    email: null,
  })),
  tenures: [
    ...posts.map(({ id }) => ({ officialId: id, postId: id, from: since, until: null })),
    { officialId: 'left', postId: 'the-clerk', from: since, until: '2026-01-01T00:00:00.000Z' },
    { officialId: 'both', postId: 'section-clerk', from: since, until: null },
    { officialId: 'both', postId: 'sibling-clerk', from: since, until: null },
    { officialId: 'gone', postId: 'absent-head', from: since, until: null },
    { officialId: 'stands-in', postId: 'deputy', from: since, until: null },
    { officialId: 'stood-in', postId: 'deputy-before', from: since, until: null },
  ],
  deputies: [
    { postId: 'absent-head', deputyPostId: 'deputy-before', from: since, until: '2026-01-01T00:00:00.000Z' },
    { postId: 'absent-head', deputyPostId: 'deputy', from: since, until: null },
  ],
  absences: [{ officialId: 'gone', ...away }],
  mandates: [],
  fourEyes: [],
};

let desk: DeskAtWork;
let routes: readonly DocumentedRoute[];
const dossiers = new Map<string, string>();

beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', organisation });
  routes = await routesOf(DeskModule);
  for (const relation of relations.slice(1)) dossiers.set(relation, await received(officeOf[relation]));
  for (const role of roles) {
    dossiers.set(`own ${role}`, await received('commune', { officialId: `the-${role}`, postId: `the-${role}` }));
  }
});
afterAll(() => desk.stop());

async function received(officeId: string, responsible?: object, decidingOfficeId = officeId): Promise<string> {
  const body = { procedureCode: '1.012786', channel: 'desk', decidingOfficeId, ...(responsible && { responsible }) };
  const reply = await desk.as(`${officeId}-clerk`, 'POST', '/dossiers', body);
  if (reply.status !== 201) throw new Error(JSON.stringify(reply));
  return (reply.body as { dossierId: string }).dossierId;
}

function actionOf({ handler, path }: DocumentedRoute): keyof typeof policy {
  const access = accessOf(handler);
  if (!access || access === 'public' || !(access.action in policy)) throw new Error(`${path} names no action`);
  return access.action as keyof typeof policy;
}

const services = ['clock', 'oversight', 'gateway'] as const;

function scopeIn(action: keyof typeof policy, role: Role | (typeof services)[number]): Scope | null {
  const row: PolicyRow = policy[action];
  return row[role] ?? null;
}

/** An official, a service, or nobody known. */
type Asking = string | { readonly service: (typeof services)[number] } | null;

/** The least a command says, with an ETag that no dossier has, so that one that is allowed is refused as stale. */
async function ask({ method, path }: DocumentedRoute, who: Asking, dossierId: string): Promise<Reply> {
  const name = dossierCommandNames.find((one) => path === `/dossiers/{dossierId}/${one}`);
  const url = path
    .replace('{dossierId}', dossierId)
    .replace('{attachmentId}', dossierId)
    .replace('{kind}', 'receipt')
    .replace('{generation}', '1')
    .replace('{queue}', 'all')
    .replace(/\{\w+\}/g, 'any');
  const body = name && name !== 'acknowledge' ? leastSaid[name] : leastOf(path);
  const said = method === 'GET' ? undefined : body;
  const how = { ifMatch: '"999"', ...(method === 'POST' && path.endsWith('/attachments') && { headers: ofUpload }) };
  if (who === null) return desk.request(null, method, url, said, how);
  if (typeof who === 'object') return desk.asService(who.service, method as 'GET' | 'POST', url, said, how);
  return desk.as(who, method as 'GET' | 'POST', url, said, how);
}

/** Of a file that is none of the kinds taken, so that nothing is added where it is allowed. */
const ofUpload = {
  'content-type': 'application/octet-stream',
  'x-attachment-name': 'x',
  'x-attachment-sha256': createHash('sha256').update('{}').digest('hex'),
};

/** What must be said where no command of that name is. */
function leastOf(path: string): object {
  if (path.endsWith('acknowledgement')) return acknowledgement;
  if (path.endsWith('/approvals')) return { command: 'extend', body: leastSaid.extend };
  if (path.endsWith('/withdrawal')) return { reasonCode: 'wrong-file' };
  if (/\/(messages|notes)\/read$/.test(path)) return { upTo: '01932c8e-7c00-7000-8000-0000000000aa' };
  return /\/(notes|messages)$/.test(path) ? { text: 'x' } : {};
}

const acknowledgement = { plannedAt: '2027-01-04T02:00:00.000Z', reasonCode: 'survey' };

/** `allowed` is whatever else it is answered with, but for a body that was refused before anybody asked who may. */
function outcomeOf({ status, body }: Reply): string {
  const { code = '' } = body as { code?: string };
  if (status === 401) return 'who are you';
  if (code === 'ACTION_FORBIDDEN') return 'forbidden';
  return code === 'DOSSIER_NOT_FOUND' ? 'not there' : 'allowed';
}

function expectedOf(action: keyof typeof policy, role: Role, relation: Relation): string {
  const scope = scopeIn(action, role);
  if (scope === null) return 'forbidden';
  if (reach[scope].includes(relation) && !reachedOtherwise.includes(action)) return 'allowed';
  const sight = scopeIn('read-dossier', role);
  return sight !== null && reach[sight].includes(relation) ? 'forbidden' : 'not there';
}

test.each(roles)('%s: every route about a dossier, in every relation', async (role) => {
  const about = routes.filter(({ path }) => path.includes('{dossierId}'));
  expect(about.length).toBeGreaterThan(35);
  for (const route of about) {
    const action = actionOf(route);
    const found = await Promise.all(
      relations.map(async (relation) => {
        const dossierId = dossiers.get(relation === 'own' ? `own ${role}` : relation) ?? '';
        const reply = await ask(route, `the-${role}`, dossierId);
        const isUnasked = reply.status === 400 && reply.body.code !== 'ATTACHMENT_KIND_REFUSED';
        return isUnasked ? JSON.stringify(reply.body) : outcomeOf(reply);
      }),
    );
    const expected = relations.map((relation) => expectedOf(action, role, relation));
    expect([route.method, route.path, ...found]).toEqual([route.method, route.path, ...expected]);
  }
});

test.each(roles)('%s: every other route lets in whom the policy names', async (role) => {
  const others = routes.filter(({ path }) => !path.includes('{dossierId}'));
  expect(others.length).toBeGreaterThan(30);
  for (const route of others) {
    const outcome = outcomeOf(await ask(route, `the-${role}`, ''));
    const expected = scopeIn(actionOf(route), role) === null ? 'forbidden' : 'allowed';
    expect([route.method, route.path, outcome]).toEqual([route.method, route.path, expected]);
  }
});

test.each(services)('%s: every route lets in the services that the policy names', async (service) => {
  const dossierId = dossiers.get('own office') ?? '';
  for (const route of routes) {
    const outcome = outcomeOf(await ask(route, { service }, dossierId));
    const isAllowed = scopeIn(actionOf(route), service) !== null;
    expect([route.method, route.path, outcome]).toEqual([
      route.method,
      route.path,
      isAllowed ? 'allowed' : 'forbidden',
    ]);
  }
});

test('a dossier received, held and decided in three offices is read in each of them, and beside them above alone', async () => {
  const holder = { officialId: 'section-clerk', postId: 'section-clerk' };
  const dossierId = await received('commune', holder, 'sibling');
  const statuses = clerks.map(async ({ id }) => [id, (await desk.as(id, 'GET', `/dossiers/${dossierId}`)).status]);

  expect(Object.fromEntries(await Promise.all(statuses))).toEqual({
    'commune-clerk': 200,
    'section-clerk': 200,
    'sibling-clerk': 200,
    'province-clerk': 404,
    'elsewhere-clerk': 404,
  });
});

test('without a token nobody is told anything, of no route', async () => {
  const dossierId = dossiers.get('own office') ?? '';
  for (const route of routes) {
    expect([route.path, outcomeOf(await ask(route, null, dossierId))]).toEqual([route.path, 'who are you']);
  }
});

describe('rights hang on the post held now', () => {
  async function asIn(who: string, postId: string, officeId: string, path: string): Promise<number> {
    const token = await desk.token('issuer', { sub: who, post: postId, office: officeId });
    return (await desk.request(token, 'GET', path, undefined, {})).status;
  }
  const path = (relation: Relation) => `/dossiers/${dossiers.get(relation) ?? ''}`;

  test('a post that was held until last year gives none', async () => {
    expect(await asIn('left', 'the-clerk', 'commune', path('own office'))).toBe(403);
  });

  test('a post of another office than the token says gives none', async () => {
    expect(await asIn('section-clerk', 'section-clerk', 'province', path('above'))).toBe(403);
  });

  test('of two posts, the one that is acted in', async () => {
    expect(await asIn('both', 'section-clerk', 'section', path('below'))).toBe(200);
    expect(await asIn('both', 'section-clerk', 'section', path('sibling'))).toBe(404);
    expect(await asIn('both', 'sibling-clerk', 'sibling', path('sibling'))).toBe(200);
  });

  test('a deputy while the head is away, and not one whose time is over', async () => {
    const draft = `${path('below')}/apology-draft`;
    expect(await asIn('stands-in', 'deputy', 'section', draft)).toBe(200);
    expect(await asIn('stood-in', 'deputy-before', 'section', draft)).toBe(403);
  });
});
