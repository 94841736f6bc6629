import type { BrowserContextOptions, Page } from 'playwright-core';
import { languages, type Language } from '#contracts';
import { accessibilityProblems } from '#testing';
import { ConsoleStage, sidewaysScroll, telephone } from './stage';

jest.setTimeout(180_000);

const applicant = { name: 'Phan Canary Hai', phone: '0912777888' };

interface Receipt {
  readonly dossierId: string;
  readonly code: string;
  readonly secret: string;
}

let stage: ConsoleStage;
let missing: Receipt;
let late: Receipt;
let done: Receipt;

beforeAll(async () => {
  stage = await ConsoleStage.open();
  missing = await received();
  const asked = { components: ['application-form', 'land-certificate'], reasonCode: 'incomplete' };
  await stage.call('lan', 'POST', `/dossiers/${missing.dossierId}/request-supplement`, asked, '"1"');
  await stage.call('lan', 'POST', `/dossiers/${missing.dossierId}/messages`, {
    text: 'Bản sao sổ đỏ ông/bà nộp bị mờ.\nXin mang bản gốc để đối chiếu.',
  });
  done = await received();
  await stage.call('lan', 'POST', `/dossiers/${done.dossierId}/mark-processed`, { result: 'granted' }, '"1"');
  late = await received();
  await stage.sql(
    `update desk.dossier set state = jsonb_set(state, '{due,appointmentAt}', '"2026-03-02T10:30:00.000Z"')
     where dossier_id = $1`,
    late.dossierId,
  );
});
afterAll(() => stage.close());
afterEach(async () => {
  expect(await stage.complaintsAtEnd()).toEqual([]);
});

async function received(): Promise<Receipt> {
  const body = { procedureCode: 'S1.000010', channel: 'desk', applicant };
  const { dossierId } = (await stage.call('lan', 'POST', '/dossiers', body)) as { dossierId: string };
  const printed = (await stage.call('lan', 'GET', `/dossiers/${dossierId}/look-up-secret`)) as Receipt;
  return { ...printed, dossierId };
}

let telephones = 0;
/** A telephone at an address of its own, as a proxy in front tells it. */
async function onTelephone(path: string, options: BrowserContextOptions = {}): Promise<Page> {
  telephones += 1;
  const extraHTTPHeaders = { 'x-forwarded-for': `192.0.2.${telephones}` };
  return stage.visitor(path, { viewport: telephone, extraHTTPHeaders, ...options });
}

/** What the browser says of a page that is the answer to a wrong code or secret. */
const NO_SUCH_DOSSIER = /404 \(Not Found\) .*\/track(\?|$)/;

test('with scripts off, by keyboard alone, whoever holds a receipt sees what is missing', async () => {
  const page = await onTelephone('/track', { javaScriptEnabled: false });
  await page.keyboard.press('Tab');
  await page.keyboard.type(missing.code.toLowerCase());
  await page.keyboard.press('Tab');
  await page.keyboard.type(missing.secret.toLowerCase());
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: `Hồ sơ ${missing.code}` }).waitFor();

  const text = await page.locator('main').innerText();
  expect(text).toContain('Chờ ông/bà bổ sung');
  expect(await page.locator('main ul li').allInnerTexts()).toHaveLength(2);
  expect(text).toContain('Xin mang bản gốc để đối chiếu.');
  expect(text).not.toMatch(/canary|0912777888/i);

  await page.getByRole('button', { name: 'Deutsch' }).click();
  await page.getByRole('heading', { name: `Vorgang ${missing.code}` }).waitFor();
  expect(new URL(page.url()).search).toBe('');
});

test('what is typed wrong is said, with the code kept, and the secret not', async () => {
  const page = await onTelephone('/track', { javaScriptEnabled: false, locale: 'en-GB' });
  stage.expects(NO_SUCH_DOSSIER);
  await page.locator('#code').fill(late.code);
  await page.locator('#secret').fill('WRONGSEC');
  await page.keyboard.press('Enter');

  expect(await page.getByRole('alert').innerText()).toContain('No dossier has this code and this secret');
  expect(await page.locator('#code').inputValue()).toBe(late.code);
  expect(await page.locator('#secret').inputValue()).toBe('');
});

interface Shown {
  readonly name: string;
  readonly path: (language: Language) => string;
  /** 200 unless given. */
  readonly status?: number;
  /** What the browser says of the answers' status. */
  readonly complains?: RegExp;
  /** Opened so often before it is looked at; once unless given. */
  readonly before?: number;
}

const wrong = (language: Language) => `/track?c=H41.85-990101-0001&s=x&language=${language}`;

const pages: readonly Shown[] = [
  { name: 'track-form', path: (language) => `/track?language=${language}` },
  { name: 'track-wrong', path: wrong, status: 404, complains: NO_SUCH_DOSSIER },
  { name: 'track-too-many', path: wrong, status: 429, complains: /(404|429) \(.*\/track\?/, before: 5 },
  { name: 'track-missing', path: (language) => `/track?c=${missing.code}&s=${missing.secret}&language=${language}` },
  { name: 'track-done', path: (language) => `/track?c=${done.code}&s=${done.secret}&language=${language}` },
  { name: 'track-late', path: (language) => `/track?c=${late.code}&s=${late.secret}&language=${language}` },
  {
    name: 'track-usual-times',
    path: (language) => `/track/usual-times?procedure=S1.000010&office=do-luong-centre&language=${language}`,
  },
];

test.each(pages)('$name is usable by everybody on a telephone, in each language, light and dark', async (shown) => {
  if (shown.complains) stage.expects(shown.complains);
  const flaws: string[] = [];
  for (const language of languages) {
    const page = await onTelephone(shown.path(language));
    for (let times = 1; times < (shown.before ?? 1); times += 1) await page.reload();
    expect((await page.reload())?.status()).toBe(shown.status ?? 200);
    flaws.push(...(await flawsOf(page, `${shown.name}-${language}`)));
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    await page.context().close();
  }

  expect(flaws).toEqual([]);
});

/** What is wrong with a page, in light and in dark. */
async function flawsOf(page: Page, name: string): Promise<readonly string[]> {
  const flaws: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    flaws.push(...(await stage.flawsOf(page, `${name}-${colorScheme}`)));
  }
  return flaws;
}

test('whoever waits longer than promised is owed an apology, and told so first', async () => {
  const page = await onTelephone(`/track?c=${late.code}&s=${late.secret}&language=en`);
  const headings = await page.getByRole('heading').allInnerTexts();

  expect(headings.slice(0, 2)).toEqual([`Dossier ${late.code}`, 'We apologise']);
  expect(await page.locator('main').innerText()).toContain('Received · Late');
});

test('on paper the dossier stays and what can only be clicked goes', async () => {
  const page = await onTelephone(`/track?c=${late.code}&s=${late.secret}&language=vi`);
  await page.emulateMedia({ media: 'print' });

  expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
  expect(await page.locator('footer').isVisible()).toBe(false);
  expect(await page.locator('.screen').filter({ visible: true }).count()).toBe(0);
});

test('with scripts off a citizen reads, answers, complains and rates; the official reads it where it belongs', async () => {
  const internal = 'Gọi điện: ông Hai nói giấy để ở nhà con.';
  await stage.call('lan', 'POST', `/dossiers/${done.dossierId}/notes`, { text: internal });
  const official = await stage.as('lan', `/dossiers/${done.code}`);
  const letters = official.getByRole('region', { name: 'Trao đổi với người nộp' });
  await letters.getByLabel('Thư gửi người nộp').fill('Mời ông nhận kết quả.');
  await letters.getByRole('button', { name: 'Gửi cho người nộp' }).click();
  await letters
    .getByText('Mời ông nhận kết quả.', { exact: true })
    .and(official.locator('.motcua-note-text'))
    .waitFor();

  const page = await onTelephone(`/track?c=${done.code}&s=${done.secret}`, { javaScriptEnabled: false });
  expect(await page.getByRole('listitem').allInnerTexts()).toEqual([expect.stringContaining('Mời ông nhận kết quả.')]);
  await page.getByLabel('Viết cho cơ quan').fill('Sáng mai tôi đến.');
  await page.getByRole('button', { name: 'Gửi cho cơ quan' }).click();
  expect(await page.getByRole('status').innerText()).toContain('Đã gửi cho cơ quan');
  expect(new URL(page.url()).search).not.toContain(done.secret);
  await stage.shot(page, 'track-sent');
  await page.reload();
  expect(await page.getByRole('listitem').count()).toBe(2);

  await page.getByLabel('Hài lòng', { exact: true }).check();
  await page.getByLabel('Ý kiến thêm').fill('Cán bộ tận tình.');
  await page.getByRole('button', { name: 'Gửi đánh giá' }).click();
  await page.getByText('Ông/bà đã đánh giá').waitFor();
  await page.getByText('Gửi đơn khiếu nại về hồ sơ này').click();
  await page.getByLabel('Cơ quan tiếp nhận hồ sơ').check();
  await page.getByLabel('Nội dung khiếu nại').fill('Phải đến ba lần.');
  await stage.shot(page, 'track-complaint');
  await page.getByRole('button', { name: 'Gửi đơn khiếu nại' }).click();
  expect(await page.getByRole('status').innerText()).toContain('Đã gửi đơn khiếu nại');
  expect(await page.content()).not.toMatch(/con\.|canary|0912777888/i);

  await letters.getByRole('button', { name: 'Xem thư' }).click();
  await letters.getByText('Sáng mai tôi đến.').waitFor();
  expect(await letters.innerText()).toContain('Người nộp đánh giá: 4 trên 5');
  expect(await letters.innerText()).not.toContain(internal);
  expect(await official.getByRole('region', { name: 'Ghi chú nội bộ' }).innerText()).toContain(internal);
  await stage.shot(official, 'dossier-letters');
  const queue = await stage.as('lan', '/queue?answered=true');
  await queue.getByRole('row').filter({ hasText: done.code }).getByText('người nộp có thư').waitFor();
  await stage.shot(queue, 'queue-answered');
  await letters.getByRole('button', { name: 'Đã đọc xong' }).click();
  await letters.getByText('đã đọc').waitFor();
  await queue.reload();
  await queue.getByText('Không có hồ sơ nào khớp').waitFor();
  for (const scheme of ['light', 'dark'] as const) {
    await official.emulateMedia({ colorScheme: scheme });
    expect([...(await accessibilityProblems(official)), await sidewaysScroll(official)]).toEqual([0]);
  }
});
