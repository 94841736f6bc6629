import type { Page } from 'playwright-core';
import { languages, type Language } from '#contracts';
import { ConsoleStage, looks, type Look } from './stage';

jest.setTimeout(240_000);

/** What the console's router knows. Asked of jest and not imported: the console's own files are typed for a browser. */
const { pages: pagesOfConsole } = jest.requireActual<{
  readonly pages: readonly { readonly id: string; readonly path: string }[];
}>('../../apps/console/src/frame/pages');

let stage: ConsoleStage;

/** What stands in the paths of pages, and is known once the work is there. */
let known: Readonly<Record<'code' | 'dossierId' | 'id', string>>;

beforeAll(async () => {
  stage = await ConsoleStage.open({ clock: true }); // Without it there were no messages put aside, and nothing to audit by.
  known = await someWork(stage);
});
afterAll(() => stage.close());
afterEach(async () => {
  expect(await stage.complaintsAtEnd()).toEqual([]);
});

/**
 * Dossiers of several kinds and states, so that the pages have something to show; of the last an extension waits for approval,
 * and an organisation and a calendar that one administrator sent wait for the other.
 */
async function someWork(at: ConsoleStage): Promise<typeof known> {
  await someProposals(at);
  const procedures = ['1.001193', '1.004873', 'S1.000005', '1.012786'];
  const names = ['Trần Văn Bảo', 'Hồ Sỹ Quý', 'Phan Thị Hoài Thương', 'Nguyễn Thị Ngọc Ánh'];
  let last = { code: '', dossierId: '' };
  for (const [index, name] of names.entries()) {
    const applicant = { name, phone: `091200001${index}` };
    const responsible = index === 3 ? { responsible: { officialId: 'minh', postId: 'do-luong-land-officer' } } : {};
    const body = { procedureCode: procedures[index], channel: 'desk', applicant, ...responsible };
    last = await at.call('lan', 'POST', '/dossiers', body);
    await at.call('lan', 'POST', `/dossiers/${last.dossierId}/request-opinion`, asked, '"1"');
  }
  const extension = { command: 'extend', body: { reasonCode: 'other-body-late', until: '2027-03-01' } };
  await at.call('minh', 'POST', `/dossiers/${last.dossierId}/approvals`, extension, '"2"');
  const applicant = { name: 'Lương Thị Mạng', phone: '0912000020' };
  const submission = { procedureCode: '1.001193', channel: 'online', applicant };
  const { dossierId } = await at.call('lan', 'POST', '/submissions', submission);
  return { code: last.code, dossierId, id: '' };
}

async function someProposals(at: ConsoleStage): Promise<void> {
  const { organisation, calendars } = at.content;
  const quang = organisation.tenures.find(({ officialId }) => officialId === 'quang');
  const tenures = [...organisation.tenures, { ...quang!, officialId: 'huong' }];
  const loaded = { ...organisation, tenures, fourEyes: ['extend', 'load-organisation', 'load-catalogue'] };
  await at.call('quang', 'POST', '/organisation', loaded);
  const officials = organisation.officials.map((one) =>
    one.id === 'lan' ? { ...one, name: 'Nguyễn Thị Lan Anh' } : one,
  );
  await at.call('quang', 'POST', '/organisation/proposals', { ...loaded, officials });
  const [calendar] = calendars as readonly object[];
  await at.call('quang', 'POST', '/catalogue/proposals', {
    calendars: [{ ...calendar, version: '2027-01' }],
    procedures: [],
  });
}

/** Whom the office of Tuấn hears of each dossier from. */
const asked = {
  asked: { officialId: 'tuan', postId: 'do-luong-civil-officer' },
  questionCode: 'survey',
  limit: { amount: 2, unit: 'WORKING_HOUR' },
};

interface Shown {
  /** The page's id in `frame/pages.ts`; null for an address that is no page's. */
  readonly page: string | null;
  /** Tells it from other looks at the same page. */
  readonly as?: string;
  readonly who: string;
  readonly id?: string;
  readonly search?: string;
  /** Heads work with it on a telephone as well. */
  readonly onTelephone?: true;
  /** What is done until it shows what there is to see. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

const shown: readonly Shown[] = [
  { page: 'queue', who: 'lan' },
  { page: 'queue', as: 'empty', who: 'son' },
  { page: 'intake', who: 'lan', prepare: (page) => page.getByRole('combobox', { name: 'Thủ tục' }).waitFor() },
  { page: 'alerts', as: 'waiting', who: 'hoa', onTelephone: true, prepare: theProposal },
  { page: 'search', who: 'lan', prepare: search },
  { page: 'book', who: 'lan' },
  { page: 'dossier', who: 'lan' },
  { page: 'dossier', as: 'head', who: 'hoa', onTelephone: true, prepare: theProposal },
  { page: 'dossier', as: 'timeline', who: 'lan', search: '?history=timeline' },
  { page: 'dossier', as: 'record', who: 'lan', search: '?history=record', prepare: openFirstEntry },
  { page: 'dossier', as: 'asked', who: 'tuan' },
  { page: 'opinions', who: 'tuan' },
  { page: 'opinions', as: 'empty', who: 'minh' },
  { page: 'submission', who: 'lan' },
  { page: 'office', who: 'binh', onTelephone: true, prepare: (page) => page.locator('table').first().waitFor() },
  {
    page: 'figures',
    who: 'binh',
    search: '?from=2026-01-01&until=2026-12-31&by=official',
    onTelephone: true,
    prepare: (page) => page.locator('table').first().waitFor(),
  },
  { page: 'audit', who: 'thu' },
  { page: 'access-log', who: 'thu', prepare: theApplicantsLook },
  {
    page: 'dossier-audit',
    who: 'thu',
    prepare: (page) => page.getByRole('region', { name: 'Ba lịch sử đặt cạnh nhau' }).waitFor(),
  },
  { page: 'admin-organisation', who: 'quang' },
  { page: 'admin-organisation', as: 'to-decide', who: 'huong', prepare: toDecide },
  { page: 'admin-organisation', as: 'deputies', who: 'quang', search: '?part=deputies' },
  { page: 'admin-accounts', who: 'quang' },
  { page: 'admin-sign-ins', who: 'thu' },
  { page: 'admin-dead-letters', who: 'quang' },
  { page: 'admin-health', who: 'quang' },
  { page: 'calendars', who: 'quang' },
  { page: 'calendar', who: 'quang', id: 'vn-office' },
  { page: 'calendar', as: 'to-decide', who: 'huong', id: 'vn-office' },
  { page: 'catalogue', who: 'quang' },
  { page: 'procedure', who: 'quang', id: 'S2.000001' },
  { page: null, as: 'no-such-page', who: 'lan' },
];

/** Somebody else's look may have been the last: pages are found and prepared in Vietnamese. */
const atFirst: Look = { language: 'vi', scheme: 'light' };

const nameOf = ({ page, as }: Shown) => [page, as].filter(Boolean).join('-');

function pathOf({ page, id, search = '' }: Shown): string {
  const path = pagesOfConsole.find((one) => one.id === page)?.path ?? '/somewhere';
  const said = { ...known, ...(id !== undefined && { id }) };
  return path.replace(/\$(\w+)/g, (_all, name: keyof typeof known) => encodeURIComponent(said[name])) + search;
}

async function search(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Mã hồ sơ, họ tên' }).fill('nguyen thi ngoc anh');
  await page.keyboard.press('Enter');
  await page.getByRole('row', { name: /Nguyễn Thị Ngọc Ánh/ }).waitFor();
}

async function theProposal(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Duyệt', exact: true }).waitFor();
}

/** An applicant has no account: the gateway reads for them what was written, and stands in the log with its own name. */
async function theApplicantsLook(page: Page): Promise<void> {
  const [{ dossier_id }] = (await stage.sql('select dossier_id from desk.dossier where code = $1', known.code)) as [
    { readonly dossier_id: string },
  ];
  await stage.call('lan', 'POST', `/dossiers/${dossier_id}/messages`, { text: 'Hồ sơ đang được xử lý.' });
  const key = await stage.call('lan', 'GET', `/dossiers/${dossier_id}/look-up-secret`);
  await stage.visitor(`/track?c=${key.code}&s=${key.secret}`);
  await page.reload();
  await page.getByText('Hệ thống, dịch vụ gateway').first().waitFor();
}

async function toDecide(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Xem thay đổi và quyết định' }).click();
  await page.getByText('Nguyễn Thị Lan → Nguyễn Thị Lan Anh').waitFor();
}

async function openFirstEntry(page: Page): Promise<void> {
  await page.locator('.motcua-record summary').first().press('Enter');
  await page.locator('.motcua-record pre').first().waitFor();
}

test('there is no page in the console that is not looked at here', () => {
  const seen = shown.map(({ page }) => page);
  expect(pagesOfConsole.map(({ id }) => id).filter((id) => !seen.includes(id))).toEqual([]);
  expect(seen.filter((page) => page !== null && !pagesOfConsole.some(({ id }) => id === page))).toEqual([]);
});

test.each(shown.map((one) => ({ ...one, name: nameOf(one) })))(
  '$name is usable by everybody, in each language, light and dark, without sideways scrolling',
  async (one) => {
    const page = await stage.as(one.who, pathOf(one));
    await stage.look(page, atFirst);
    await one.prepare?.(page);
    const problems: string[] = [];
    for (const look of looks) {
      await stage.look(page, look);
      problems.push(...(await stage.flawsOf(page, `${one.name}-${look.language}-${look.scheme}`)));
      if (look.scheme === 'dark') continue; // What is broad in one scheme is as broad in the other.
      problems.push(...(await stage.flawsWhenNarrow(page, `${one.name}-${look.language}`, one)));
    }
    expect(problems).toEqual([]);
  },
);

/** What the browser says of a page that asks who is signed in, and nobody is. */
const NOBODY_SIGNED_IN = /401 \(Unauthorized\) .*\/api\/session$/;

describe('pages before anybody is signed in', () => {
  test('the page to sign in', async () => {
    stage.expects(NOBODY_SIGNED_IN);
    const page = await stage.visitor('/');
    await page.locator('[name=username]').waitFor();
    const address = new URL(page.url());

    expect(
      await flawsInEach('sign-in', async (language) => {
        await page.goto(`${address.origin}${address.pathname}?language=${language}`);
        return page;
      }),
    ).toEqual([]);
  });

  test('an invitation, and one that is over', async () => {
    const secret = 'told-to-nobody-else';
    await stage.sql(
      `insert into gateway.invitation (secret_hash, official_id, purpose, expires_at)
       values (sha256(convert_to($1, 'UTF8')), 'son', 'reset', clock_timestamp() + interval '1 hour')`,
      secret,
    );
    const page = await stage.visitor('/track');
    const opened = (of: string, status: number) => async (language: Language) => {
      const answer = await page.goto(`${stage.publicUrl}/sign-in/invitation?secret=${of}&language=${language}`);
      expect(answer?.status()).toBe(status);
      return page;
    };
    stage.expects(/410 \(Gone\) .*\/sign-in\/invitation\?/);

    expect(await flawsInEach('invitation', opened(secret, 200))).toEqual([]);
    expect(await flawsInEach('invitation-over', opened('of-somebody-else', 410))).toEqual([]);
  });

  test('too many requests from one address', async () => {
    const path = '/sign-in/invitation?secret=of-somebody-else';
    // Each language from an address of its own: the minute of the first may be over before the last is looked at.
    const askingTooOften = async (language: Language) => {
      const extraHTTPHeaders = { 'x-forwarded-for': `198.51.100.${languages.indexOf(language) + 1}` };
      const page = await stage.visitor(path, { locale: language, extraHTTPHeaders });
      const { request } = page.context();
      for (let tens = 0; tens < 12; tens += 1) {
        await Promise.all(Array.from({ length: 10 }, () => request.get(stage.publicUrl + path)));
      }
      expect((await page.reload())?.status()).toBe(429);
      return page;
    };
    stage.expects(/410 \(Gone\) .*\/sign-in\/invitation\?/, /429 \(Too Many Requests\) .*\/sign-in\/invitation\?/);

    expect(await flawsInEach('sign-in-too-many', askingTooOften)).toEqual([]);
  });
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
      problems.push(...(await stage.flawsOf(page, `demo${path.replace('/', '-')}-${look.language}-${look.scheme}`)));
    }
  }
  await page.close();
  expect(problems).toEqual([]);
});

/** What is wrong with a page that answers in the language it is asked in. */
async function flawsInEach(name: string, open: (language: Language) => Promise<Page>): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const language of languages) {
    const page = await open(language);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      problems.push(...(await stage.flawsOf(page, `${name}-${language}-${colorScheme}`)));
    }
    problems.push(...(await stage.flawsWhenNarrow(page, `${name}-${language}`)));
  }
  return problems;
}
