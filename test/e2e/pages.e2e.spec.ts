import type { Page } from 'playwright-core';
import { accessibilityProblems } from '#testing';
import { ConsoleStage, looks, sidewaysScroll } from './stage';

jest.setTimeout(240_000);

let stage: ConsoleStage;

beforeAll(async () => {
  stage = await ConsoleStage.open();
  code = await someWork(stage);
});
afterAll(() => stage.close());
afterEach(async () => {
  expect(await stage.complaintsAtEnd()).toEqual([]);
});

/** Dossiers of several kinds and states, so that the pages have something to show. */
async function someWork(at: ConsoleStage): Promise<string> {
  let last = '';
  const names = ['Nguyễn Thị Ngọc Ánh', 'Trần Văn Bảo', 'Hồ Sỹ Quý', 'Phan Thị Hoài Thương'];
  const procedures = ['1.012786', '1.001193', '1.004873', 'S1.000005'];
  for (const [index, name] of names.entries()) {
    const applicant = { name, phone: `091200001${index}` };
    const received = { procedureCode: procedures[index], channel: 'desk', applicant };
    const made: { readonly code: string; readonly dossierId: string } = await at.call(
      'lan',
      'POST',
      '/dossiers',
      received,
    );
    await at.call('lan', 'POST', `/dossiers/${made.dossierId}/request-opinion`, asked, '"1"');
    last = made.code;
  }
  return last;
}

/** Whom the office of Tuấn hears of each dossier from. */
const asked = {
  asked: { officialId: 'tuan', postId: 'do-luong-civil-officer' },
  questionCode: 'survey',
  limit: { amount: 2, unit: 'WORKING_HOUR' },
};

/** Opened by its code, which is known once the work is there. */
let code: string;

const pages: readonly { readonly name: string; readonly who: string; readonly path: string }[] = [
  { name: 'queue', who: 'lan', path: '/queue' },
  { name: 'queue-empty', who: 'son', path: '/queue' },
  { name: 'dossier', who: 'lan', path: '/dossiers/:code' },
  { name: 'dossier-timeline', who: 'lan', path: '/dossiers/:code?history=timeline' },
  { name: 'opinions', who: 'tuan', path: '/opinions' },
  { name: 'opinions-empty', who: 'minh', path: '/opinions' },
  { name: 'dossier-asked', who: 'tuan', path: '/dossiers/:code' },
  { name: 'book', who: 'lan', path: '/book' },
  { name: 'audit', who: 'thu', path: '/audit' },
  { name: 'access-log', who: 'thu', path: '/audit/access' },
  { name: 'admin-organisation', who: 'quang', path: '/admin/organisation' },
  { name: 'admin-deputies', who: 'quang', path: '/admin/organisation?part=deputies' },
  { name: 'admin-accounts', who: 'quang', path: '/admin/accounts' },
  { name: 'admin-sign-ins', who: 'thu', path: '/admin/sign-ins' },
  { name: 'admin-dead-letters', who: 'quang', path: '/admin/dead-letters' },
  { name: 'admin-health', who: 'quang', path: '/admin/health' },
  { name: 'calendars', who: 'quang', path: '/admin/calendars' },
  { name: 'calendar', who: 'quang', path: '/admin/calendars/vn-office' },
  { name: 'catalogue', who: 'quang', path: '/admin/catalogue' },
  { name: 'procedure', who: 'quang', path: '/admin/catalogue/S2.000001' },
  { name: 'no-such-page', who: 'lan', path: '/somewhere' },
];

test.each(pages)(
  '$name is usable by everybody, in each language, light and dark, without sideways scrolling',
  async ({ name, who, path }) => {
    const page = await stage.as(who, path.replace(':code', code));
    const problems: string[] = [];
    for (const look of looks) {
      await stage.look(page, look);
      problems.push(...(await flawsOf(page, `${name}-${look.language}-${look.scheme}`)));
    }
    await page.close();
    expect(problems).toEqual([]);
  },
);

test('the page to sign in is usable by everybody, light and dark', async () => {
  stage.expects(NOBODY_SIGNED_IN);
  const page = await stage.visitor('/');
  await page.locator('[name=username]').waitFor();

  const problems: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    problems.push(...(await flawsOf(page, `sign-in-vi-${colorScheme}`)));
  }
  expect(problems).toEqual([]);
});

test('what people wrote is text on every page, whatever it looks like: nothing of it runs, and nothing is put in its place', async () => {
  const canary = `<img src=x onerror="document.title='taken'"> {{7*7}} $t(demo) =1+1 <b>"Ánh" & 'Bảo'</b>`;
  const received = { procedureCode: '1.012786', channel: 'desk', applicant: { name: canary }, remark: canary };
  const { dossierId, code: taken } = await stage.call('lan', 'POST', '/dossiers', received);
  const asked = { reasonCode: 'incomplete', components: ['map'], remark: canary };
  await stage.call('lan', 'POST', `/dossiers/${dossierId}/request-supplement`, asked, '"1"');
  for (const kind of ['messages', 'notes']) {
    await stage.call('lan', 'POST', `/dossiers/${dossierId}/${kind}`, { text: canary });
  }
  const key = await stage.call('lan', 'GET', `/dossiers/${dossierId}/look-up-secret`);

  const seen = async (name: string, page: Page) => {
    await page.locator('.motcua-loading').first().waitFor({ state: 'detached' });
    await page
      .getByText(name === 'queue' ? taken : canary)
      .first()
      .waitFor();
    const put = await page.locator('img[src=x], main b').count();
    expect([name, put, await page.title()]).toEqual([name, 0, expect.not.stringContaining('taken')]);
    await page.close();
  };
  await seen('queue', await stage.as('lan', '/queue'));
  await seen('story', await stage.as('lan', `/dossiers/${taken}`));
  await seen('record', await stage.as('lan', `/dossiers/${taken}?history=record`));
  await seen('book', await stage.as('lan', '/book'));
  await seen('track', await stage.visitor(`/track?c=${key.code}&s=${key.secret}`));
  const search = await stage.as('lan', '/search');
  await search.locator('.motcua-search input').fill(canary);
  await search.keyboard.press('Enter');
  await seen('search', search);
});

test('in a demo every page of the console says so, above all else, and stays usable by everybody', async () => {
  const page = await stage.as('lan');
  // This stage's people have real passwords, which no demo has: that one says so to the console is tested at the gateway.
  await page.route('**/api/session', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...((await answer.json()) as object), demo: true } });
  });
  const said = { vi: 'Bản dùng thử: mọi người', en: 'Demo: people, dossiers', de: 'Vorführung: Personen' };
  const problems: string[] = [];
  for (const path of ['/queue', '/intake']) {
    await page.goto(stage.publicUrl + path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    for (const look of looks) {
      await stage.look(page, look);
      const strip = page.locator('header .motcua-demo');
      expect(await strip.innerText()).toContain(said[look.language]);
      expect(await strip.isVisible()).toBe(true);
      problems.push(...(await flawsOf(page, `demo${path.replace('/', '-')}-${look.language}-${look.scheme}`)));
    }
  }
  await page.close();
  expect(problems).toEqual([]);
});

/** What is wrong with a page as it stands, of which a picture is made. */
async function flawsOf(page: Page, name: string): Promise<readonly string[]> {
  await stage.shot(page, name);
  const scroll = await sidewaysScroll(page);
  const found = [...(await accessibilityProblems(page)), ...(scroll > 0 ? [`scrolls sideways by ${scroll} px`] : [])];
  return found.map((flaw) => `${name}: ${flaw}`);
}
