import { accessOf } from '#platform';
import { routesOf, type DocumentedRoute } from '#testing';
import type { Browser } from '../test/browser';
import { GatewayAtWork } from '../test/gateway-at-work';
import { GatewayModule } from './gateway.module';

jest.setTimeout(120_000);

/** Read by eye, and not from what decides: anybody does these, and whoever is signed in those; whatever else there is, desk decides. */
const anybodys = ['sign-in', 'track'];
const signedIns = ['use-console', 'choose-post', 'sign-out'];
const auditors = ['read-sign-ins'];

let gateway: GatewayAtWork;
let routes: readonly (DocumentedRoute & { readonly action: string })[];

beforeAll(async () => {
  gateway = await GatewayAtWork.start();
  routes = (await routesOf(GatewayModule)).map((route) => ({ ...route, action: actionOf(route) }));
});
afterAll(() => gateway.stop());

function actionOf({ handler, path }: DocumentedRoute): string {
  const access = accessOf(handler);
  if (access === undefined || access === 'public') throw new Error(`${path} names no action`);
  return access.action;
}

async function statusFor(browser: Browser, { method, path }: DocumentedRoute): Promise<number> {
  const url = path.replace(/\{\w+\}/g, 'quang');
  return (method === 'GET' ? await browser.once(url) : await browser.post(url)).status;
}

test('nobody who is not signed in is answered anything but the way to sign in, and the citizen’s page', async () => {
  const closed = routes.filter(({ action }) => !anybodys.includes(action));
  expect(closed.length).toBeGreaterThan(15);
  for (const route of closed) {
    expect([route.method, route.path, await statusFor(gateway.browser(), route)]).toEqual([
      route.method,
      route.path,
      401,
    ]);
  }
});

test.each(['lan', 'minh', 'binh', 'thu'])(
  'whatever desk decides is not for %s, and stands in the access log',
  async (who) => {
    const browser = await gateway.signedIn(who);
    const theirs = who === 'thu' ? auditors : [];
    const decided = routes.filter(({ action }) => ![...anybodys, ...signedIns, ...theirs].includes(action));
    expect(decided.length).toBeGreaterThan(10);
    for (const route of decided) {
      expect([route.method, route.path, await statusFor(browser, route)]).toEqual([route.method, route.path, 403]);
    }
    const logged = await gateway.rows(
      `select action, split_part(route, ' ', 2) as method from desk.access_log where official_id = $1 and route like 'gateway: %' order by id`,
      who,
    );
    expect(logged).toEqual(decided.map(({ action, method }) => ({ action, method })));
  },
);
