import type { Page } from 'playwright-core';
import { eventually } from '#testing';
import { ConsoleStage } from './stage';

jest.setTimeout(120_000);

let stage: ConsoleStage;

beforeAll(async () => {
  stage = await ConsoleStage.open();
});
afterAll(() => stage.close());

/** What the gateway answers to a request that a script of the page makes. */
async function answerTo(page: Page, path: string, request: object = {}): Promise<number> {
  return page.evaluate(async ([to, init]) => (await fetch(to, init)).status, [path, request] as const);
}

const headingOf = (page: Page) => page.getByRole('heading', { level: 1 });

test('who signs in comes to where they wanted to be, and the browser holds nothing that a script could steal', async () => {
  const page = await stage.visitor('/queue?q=unit');
  await stage.signIn(page, 'lan');

  await headingOf(page).waitFor();
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/queue?q=unit');
  expect(await page.locator('header').innerText()).toContain('Nguyễn Thị Lan');
  const cookies = await page.context().cookies();
  expect(cookies.filter(({ name }) => name === '__Host-motcua')).toMatchObject([
    { httpOnly: true, secure: true, sameSite: 'Lax', path: '/', domain: 'localhost' },
  ]);
  const readable = await page.evaluate(() => {
    const { document, localStorage, sessionStorage } = globalThis as unknown as {
      readonly document: { readonly cookie: string };
      readonly localStorage: object;
      readonly sessionStorage: object;
    };
    return document.cookie + JSON.stringify([localStorage, sessionStorage]);
  });
  expect(readable).not.toMatch(/eyJ|motcua=/);
});

test('a wrong password and an unknown name look alike, and let nobody in', async () => {
  const page = await stage.visitor('/');
  await stage.signIn(page, 'lan', 'not the password');
  const wrong = await page.getByRole('alert').innerText();
  await stage.signIn(page, 'nobody', 'not the password');

  expect(await page.getByRole('alert').innerText()).toBe(wrong);
  expect(await answerTo(page, '/api/session')).toBe(401);
});

test('a command needs the token of the page, not the cookie alone', async () => {
  const page = await stage.as('huong');
  const command = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };

  expect(await answerTo(page, '/api/desk/dossiers', command)).toBe(403);
});

test('who signs out is signed out in every window', async () => {
  const [page, other] = [await stage.as('minh'), await stage.as('minh')];
  await page.getByRole('button', { name: 'Nguyễn Văn Minh' }).click();
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await page.locator('[name=username]').waitFor();

  expect(await answerTo(other, '/api/session')).toBe(401);
});

test('an account that is disabled is out within five seconds, and cannot come back', async () => {
  const [administrator, page] = [await stage.as('quang'), await stage.as('tuan')];
  const status = await administrator.evaluate(async () => {
    const { csrf } = (await (await fetch('/api/session')).json()) as { readonly csrf: string };
    const headers = { 'x-csrf-token': csrf, 'content-type': 'application/json' };
    return (await fetch('/api/accounts/tuan/disabling', { method: 'POST', headers, body: '{}' })).status;
  });

  expect(status).toBe(200);
  await eventually(async () => expect(await answerTo(page, '/api/session')).toBe(401), { timeoutMs: 5_000 });
  const again = await stage.visitor('/');
  await stage.signIn(again, 'tuan');
  await again.getByRole('alert').waitFor();
});
