import type { Page, Request } from 'playwright-core';
import { languages, type Language } from '#contracts';
import { accessibilityProblems, textOfPdf } from '#testing';
import { byKeysAlone, byPalette } from './keyboard';
import { ConsoleStage, sidewaysScroll } from './stage';

jest.setTimeout(240_000);

/** What a dossier may cost the clerk: a minute of ordinary typing. */
const MOST_PRESSES = 200;

let stage: ConsoleStage;

beforeAll(async () => {
  stage = await ConsoleStage.open();
});
afterAll(() => stage.close());
afterEach(async () => {
  expect(await stage.complaintsAtEnd()).toEqual([]);
});

/** Counts every key that goes down in the page. */
async function countPresses(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counter = globalThis as unknown as { presses: number; addEventListener: (...args: unknown[]) => void };
    counter.presses = 0;
    counter.addEventListener('keydown', () => (counter.presses += 1), true);
  });
  return () => page.evaluate(() => (globalThis as unknown as { presses: number }).presses);
}

/** Chooses a language, as the menu of the account does. */
async function speak(page: Page, language: Language): Promise<void> {
  await page.evaluate(async (chosen) => {
    const { csrf } = (await (await fetch('/api/session')).json()) as { csrf: string };
    const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf };
    await fetch('/api/language', { method: 'POST', headers, body: JSON.stringify({ language: chosen }) });
  }, language);
  await page.reload();
  await page.locator(`html[lang=${language}]`).waitFor({ state: 'attached' });
  await headingOf(page).waitFor();
  await page.waitForLoadState('networkidle');
}

const headingOf = (page: Page) => page.getByRole('heading', { level: 1 });
const codeOf = (page: Page) => page.locator('.motcua-code').innerText();

/** From the empty form to the last field, by keyboard; Enter goes from field to field. */
async function typeMarriage(page: Page, name: string, phone: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Thủ tục' }).waitFor();
  const { keyboard } = page;
  await keyboard.type('dkkh');
  await page.getByRole('option').first().waitFor();
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  for (const typed of [name, phone, '040090001234', '', 'Khối 3, Đô Lương', '']) {
    await keyboard.type(typed);
    await keyboard.press('Enter');
  }
  await keyboard.press('Enter');
}

/** Sends what the form holds, by keyboard. */
async function takeIn(page: Page): Promise<string> {
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Đã tiếp nhận' }).waitFor();
  return codeOf(page);
}

test('from the first page a dossier is taken in by keys alone, its date explained before, its receipt printed; others find it', async () => {
  const page = byKeysAlone(await stage.as('lan', '/'));
  const presses = await countPresses(page);
  await byPalette(page, 'Tiếp nhận');
  const procedure = page.getByRole('combobox', { name: 'Thủ tục' });
  await page.locator(':focus').and(procedure).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.locator(':focus').and(procedure).waitFor(); // Who only looked goes on where they were.

  await typeMarriage(page, 'Lê Văn Tám', '0912345678');
  const promised = page.getByRole('region', { name: 'Ngày hẹn trả' });
  await promised.getByRole('listitem').first().waitFor();
  const date = await promised.locator('time').first().innerText();
  const code = await takeIn(page);

  expect(await presses()).toBeLessThanOrEqual(MOST_PRESSES);
  expect(code).toMatch(/-\d{6}-\d{4}$/);
  expect(await page.locator('main').innerText()).toContain(date.slice(0, -5)); // The day; the clock may have moved on a minute.
  const [found] = (await stage.call('lan', 'GET', `/dossiers?code=${code}`)).dossiers;
  const dossier = await stage.call('lan', 'GET', `/dossiers/${found.dossierId}`);
  expect(dossier.applicant).toMatchObject({
    name: 'Lê Văn Tám',
    phone: '0912345678',
    identityNumber: '040090001234',
    email: null,
    address: 'Khối 3, Đô Lương',
  });
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain('Lê Văn Tám');

  const [asked] = await Promise.all([
    page.context().waitForEvent('request', (request) => request.url().includes('/forms/receipt.pdf')),
    page.waitForEvent('popup'),
    page.keyboard.press('p'),
  ]);
  const receipt = await page.request.get(asked.url());
  expect(receipt.headers()['content-type']).toBe('application/pdf');
  expect(textOfPdf(await receipt.body())).toContain('Lê Văn Tám');
  await stage.shot(page, 'intake-received-vi-light');

  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Thủ tục' }).waitFor();
  expect(await page.getByRole('textbox', { name: 'Họ và tên' }).inputValue()).toBe('');
  await page.close();
});

test('the receipt lists what the clerk found; what is missing later is marked by keyboard and asked for', async () => {
  const page = await stage.as('lan', '/intake');
  await typeMarriage(page, 'Võ Thị Giấy', '0915555000');
  const code = await takeIn(page);
  const [{ dossierId }] = (await stage.call('lan', 'GET', `/dossiers?code=${code}`)).dossiers;
  const { fields } = await stage.call('lan', 'GET', `/dossiers/${dossierId}/forms/receipt`);
  const listed = fields.find(({ name }: any) => name === 'components').value;
  expect(listed.map((row: any) => row.map(({ value }: any) => value.vi ?? value))).toEqual([
    ['Tờ khai đăng ký kết hôn', 1, 0],
    ['Giấy xác nhận tình trạng hôn nhân', 1, 0],
    ['Thẻ căn cước hoặc hộ chiếu (xuất trình)', 0, 1],
  ]);

  await page.getByRole('link', { name: 'Mở hồ sơ' }).click();
  const panel = page.getByRole('region', { name: 'Thành phần hồ sơ' });
  await panel.getByText('Giấy xác nhận tình trạng hôn nhân').waitFor();
  await panel.getByRole('button', { name: 'Đánh dấu giấy tờ' }).press('Enter');
  const marking = page.getByRole('dialog', { name: 'Đánh dấu giấy tờ' });
  await marking.getByRole('radiogroup', { name: 'Tờ khai' }).getByRole('radio', { checked: true }).press('ArrowRight');
  expect(await accessibilityProblems(page)).toEqual([]);
  await stage.shot(page, 'papers-marking');
  await marking.getByRole('button', { name: 'Đánh dấu giấy tờ' }).press('Enter');
  await panel.getByText('Thiếu').waitFor();
  await stage.shot(page, 'papers-panel');

  await page.getByRole('button', { name: 'Yêu cầu bổ sung' }).press('Enter');
  const asking = page.getByRole('dialog', { name: 'Yêu cầu bổ sung' });
  expect(await asking.getByRole('checkbox', { checked: true }).count()).toBe(1);
  expect(await asking.getByRole('checkbox', { name: 'Tờ khai đăng ký kết hôn' }).isChecked()).toBe(true);
  await page.close();
});

test('an e-form is filled in by keyboard, corrected where it is wrong, printed, and shown to who asks for it', async () => {
  const page = await stage.as('lan', '/intake');
  await page.getByRole('combobox', { name: 'Thủ tục' }).waitFor();
  const { keyboard } = page;
  const fill = async (...typed: readonly string[]) => {
    for (const text of typed) {
      await keyboard.type(text);
      await keyboard.press('Enter');
    }
  };
  await keyboard.type('khai tử');
  await page.getByRole('option').first().waitFor();
  await keyboard.press('Enter');
  await keyboard.press('Enter');
  await fill('Đinh Thị Con', '0915666777', '', '', '', '', '');
  await page.getByRole('textbox', { name: 'Họ, chữ đệm, tên người chết' }).waitFor();
  const focused = () => page.locator(':focus').getAttribute('id');
  for (let presses = 0; presses < 20 && (await focused()) !== 'field-eForm.deceasedName'; presses += 1) {
    await keyboard.press('Tab');
  }
  await fill('Đinh Văn Tư', '', '', '31/2/2026', 'Xóm 5');
  await keyboard.press('Control+Enter');
  const summary = page.getByRole('alert');
  await summary.waitFor();
  expect(await summary.getByRole('link').allInnerTexts()).toEqual([
    expect.stringContaining('Ngày chết: Không phải là ngày'),
    expect.stringContaining('Người đi khai là gì của người chết: Cần chọn'),
  ]);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await accessibilityProblems(page)).toEqual([]);
  }
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await stage.shot(page, 'intake-e-form');
  await summary.getByRole('link', { name: /Ngày chết/ }).press('Enter');
  expect(await focused()).toBe('field-eForm.diedOn');
  await keyboard.press('Control+a');
  await keyboard.type('20/11/2026');
  await page.getByRole('combobox', { name: 'Người đi khai' }).selectOption({ label: 'Con' });
  const code = await takeIn(page);

  const [{ dossierId }] = (await stage.call('lan', 'GET', `/dossiers?code=${code}`)).dossiers;
  const { fields } = await stage.call('lan', 'GET', `/dossiers/${dossierId}/forms/receipt`);
  const printed = fields.find(({ name }: any) => name === 'eForm').value;
  expect(printed.map((row: any) => row[1].value.vi)).toEqual(['Đinh Văn Tư', '20/11/2026', 'Xóm 5', 'Con']);
  await page.getByRole('link', { name: 'Mở hồ sơ' }).click();
  const panel = page.getByRole('region', { name: 'Tờ khai điện tử' });
  expect(await panel.innerText()).not.toContain('Đinh Văn Tư');
  await panel.getByRole('button', { name: 'Xem nội dung' }).press('Enter');
  await panel.getByText('Đinh Văn Tư').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await panel.scrollIntoViewIfNeeded();
  await stage.shot(page, 'e-form-shown');

  await page.getByRole('button', { name: 'Sửa lỗi ghi chép' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Sửa lỗi ghi chép' });
  await dialog.getByRole('combobox', { name: 'Mục cần sửa' }).selectOption({ label: 'Tờ khai điện tử' });
  const diedAt = dialog.getByRole('textbox', { name: 'Nơi chết' });
  await diedAt.waitFor();
  expect(await dialog.getByRole('textbox', { name: 'Ngày chết' }).inputValue()).toBe('20/11/2026');
  await dialog.getByRole('combobox', { name: 'Lý do' }).selectOption({ label: 'Cơ quan ghi sai khi nhập hồ sơ.' });
  const send = dialog.getByRole('button', { name: 'Sửa lỗi ghi chép' });
  await send.press('Enter');
  expect(await dialog.getByRole('alert').innerText()).toContain('Chưa sửa nội dung nào.');
  await diedAt.fill('');
  await send.press('Enter');
  expect(await dialog.getByRole('alert').getByRole('link').innerText()).toContain('Nơi chết');
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await accessibilityProblems(page)).toEqual([]);
  }
  expect(await sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await stage.shot(page, 'e-form-correction');
  await diedAt.fill('Xóm 7');
  await send.press('Enter');
  await panel.getByText('Xóm 7').waitFor();
  expect(await panel.innerText()).toMatch(/Đã sửa/);
  await panel.getByText('Nội dung trước khi sửa').click();
  await panel.getByText('Xóm 5').waitFor();
  await stage.shot(page, 'e-form-corrected');
  await page.close();
});

test('who was here before is noticed before the dossier is taken in', async () => {
  const page = await stage.as('lan', '/intake');
  await typeMarriage(page, 'Phan Thị Hoài', '0987654321');
  const first = await takeIn(page);
  await page.keyboard.press('n');

  await typeMarriage(page, 'Phan Thị Hoài', '0987654321');
  const warning = page.getByRole('region', { name: /Có thể đã nộp trước đó/ });
  await warning.waitFor();

  expect(await warning.innerText()).toContain(first);
  expect(await warning.innerText()).toContain('cùng số điện thoại');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('heading', { name: 'Đã tiếp nhận' }).waitFor();
  expect(await page.locator('main').innerText()).toContain(first);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.close();
});

test('an answer that got lost: the tab is closed, and what is sent again is the same dossier', async () => {
  stage.expects(/net::ERR_CONNECTION_RESET .*\/api\/desk\/dossiers$/);
  const page = await stage.as('lan', '/intake');
  const codes: string[] = [];
  const keys: (string | undefined)[] = [];
  page.on('request', (request: Request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/desk/dossiers'))
      keys.push(request.headers()['idempotency-key']);
  });
  await page.route('**/api/desk/dossiers', async (route) => {
    const answer = await route.fetch();
    codes.push(((await answer.json()) as { code: string }).code);
    await route.abort('connectionreset');
  });
  await typeMarriage(page, 'Hồ Sỹ Quý', '0911222333');
  await page.keyboard.press('Control+Enter');
  await page.getByText('chưa biết hồ sơ đã được tiếp nhận').waitFor();
  expect(await page.getByRole('textbox', { name: 'Họ và tên' }).isDisabled()).toBe(true);
  await page.close();

  const again = await stage.as('lan', '/intake');
  again.on('request', (request: Request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/desk/dossiers'))
      keys.push(request.headers()['idempotency-key']);
  });
  expect(await again.getByRole('textbox', { name: 'Họ và tên' }).inputValue()).toBe('Hồ Sỹ Quý');
  await again.getByRole('button', { name: 'Gửi lại' }).click();
  await again.getByRole('heading', { name: 'Đã tiếp nhận' }).waitFor();

  expect([await codeOf(again)]).toEqual(codes);
  expect(new Set(keys).size).toBe(1);
  expect(keys).toHaveLength(2);
  await again.close();
});

test('an input method that composes keeps its Enter', async () => {
  const page = await stage.as('lan', '/intake');
  const name = page.getByRole('textbox', { name: 'Họ và tên' });
  await name.fill('Nguyễn Thị Ánh');
  for (const ctrlKey of [false, true])
    await name.dispatchEvent('keydown', { key: 'Enter', isComposing: true, ctrlKey, bubbles: true });
  await name.dispatchEvent('keydown', { key: 'Enter', keyCode: 229, ctrlKey: true, bubbles: true });

  expect(await page.locator(':focus').getAttribute('id')).toBe('field-applicant.name');
  expect(await page.getByRole('alert').count()).toBe(0);
  await name.press('Control+Enter'); // Without composing the same key sends: the form says what it lacks.
  await page.getByRole('alert').waitFor();
  await page.close();
});

test('what is wrong stands at its field, and the summary leads there', async () => {
  const page = await stage.as('lan', '/intake');
  await page.getByRole('button', { name: 'Xóa và làm lại' }).click();
  await typeMarriage(page, 'Trần Văn Bảo', '09-12');
  await page.getByRole('radio', { name: 'Thiếu' }).first().check();
  await page.keyboard.press('Control+Enter');

  const summary = page.getByRole('alert');
  await summary.waitFor();
  expect(await summary.getByRole('link').allInnerTexts()).toEqual([
    expect.stringContaining('Số điện thoại: Chỉ gồm chữ số'),
    expect.stringContaining('Tờ khai đăng ký kết hôn: Bắt buộc mà còn thiếu'),
  ]);
  await stage.shot(page, 'intake-refused-vi-light');
  await summary.getByRole('link', { name: /Số điện thoại/ }).click();
  expect(await page.locator(':focus').getAttribute('id')).toBe('field-applicant.phone');
  await page.keyboard.type('3'); // The summary does not take the focus back.
  expect(await page.locator(':focus').getAttribute('id')).toBe('field-applicant.phone');
  await page.close();
});

test('the page is usable by everybody, in each language, light and dark, without sideways scrolling', async () => {
  const page = await stage.as('lan', '/intake');
  await page.getByRole('button', { name: 'Xóa và làm lại' }).click();
  await page.keyboard.type('dang ky');
  await page.getByRole('option').first().waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Xóa và làm lại' }).click();
  await typeMarriage(page, 'Phan Thị Hoài', '0987654321');
  await page.getByRole('region', { name: 'Ngày hẹn trả' }).getByRole('listitem').first().waitFor();
  const problems: string[] = [];
  for (const language of languages) {
    await speak(page, language);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      problems.push(...(await stage.flawsOf(page, `intake-${language}-${colorScheme}`)));
    }
  }
  expect(problems).toEqual([]);
  expect(await headingOf(page).innerText()).toBe('Antrag annehmen');
  await page.close();
});

test('who may not take dossiers in is told so, and has no entry in the menu', async () => {
  const page = await stage.as('an', '/intake');
  expect(await headingOf(page).innerText()).toContain('không được xem');
  expect(await page.getByRole('link', { name: 'Tiếp nhận' }).count()).toBe(0);
  await page.close();
});
