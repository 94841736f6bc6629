import type { Page } from 'playwright-core';
import { eventually } from '#testing';
import { ConsoleStage } from './stage';

jest.setTimeout(120_000);

let stage: ConsoleStage;

beforeAll(async () => {
  stage = await ConsoleStage.open();
});
afterAll(() => stage.close());
afterEach(async () => {
  expect(await stage.complaintsAtEnd()).toEqual([]);
});

/** What the browser says of a page that asks who is signed in, or listens for what is new, and nobody is. */
const NOBODY_SIGNED_IN = /401 \(Unauthorized\) .*\/api\/(session|live\?after=\d+)$/;
/** What it says of the page that says that name or password are wrong. */
const NOT_LET_IN = /401 \(Unauthorized\) .*\/sign-in\/account\//;

/** What the gateway answers to a request that a script of the page makes. */
async function answerTo(page: Page, path: string, request: object = {}): Promise<number> {
  return page.evaluate(async ([to, init]) => (await fetch(to, init)).status, [path, request] as const);
}

const headingOf = (page: Page) => page.getByRole('heading', { level: 1 });

test('who signs in comes to where they wanted to be, and the browser holds nothing that a script could steal', async () => {
  stage.expects(NOBODY_SIGNED_IN);
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
  stage.expects(NOBODY_SIGNED_IN, NOT_LET_IN);
  const page = await stage.visitor('/');
  await stage.signIn(page, 'lan', 'not the password');
  const wrong = await page.getByRole('alert').innerText();
  await stage.signIn(page, 'nobody', 'not the password');

  expect(await page.getByRole('alert').innerText()).toBe(wrong);
  expect(await answerTo(page, '/api/session')).toBe(401);
});

test('a command needs the token of the page, not the cookie alone', async () => {
  stage.expects(/403 \(Forbidden\) .*\/api\/desk\/dossiers$/);
  const page = await stage.as('huong');
  const command = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };

  expect(await answerTo(page, '/api/desk/dossiers', command)).toBe(403);
});

test('who signs out is signed out in every window', async () => {
  stage.expects(NOBODY_SIGNED_IN);
  const [page, other] = [await stage.as('minh'), await stage.as('minh')];
  await page.getByRole('button', { name: 'Nguyễn Văn Minh' }).click();
  await page.getByRole('button', { name: 'Đăng xuất' }).click();
  await page.locator('[name=username]').waitFor();

  expect(await answerTo(other, '/api/session')).toBe(401);
});

test('an account that is disabled is out within five seconds, and cannot come back', async () => {
  stage.expects(NOBODY_SIGNED_IN, NOT_LET_IN);
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

test.each([
  { who: 'lan', path: '/intake', asks: ['/api/desk/promises', '/api/oversight/alerts'] },
  { who: 'binh', path: '/alerts', asks: ['/api/desk/approvals', '/api/oversight/alerts'] },
  { who: 'quang', path: '/admin/health', asks: ['/api/health'] },
])('$path keeps no session open while nobody is there, and is up to date for whoever comes back', async (at) => {
  stage.expects(NOBODY_SIGNED_IN);
  const page = await stage.visitor(at.path); // In a browser of its own: its clock is not the others'.
  await page.clock.install();
  await stage.signIn(page, at.who);
  await headingOf(page).waitFor();
  if (at.path === '/intake') {
    await page.getByRole('combobox', { name: 'Thủ tục' }).fill('dkkh');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Ngày hẹn trả' }).getByRole('listitem').first().waitFor();
  }
  await page.waitForLoadState('networkidle');
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.headers().accept !== 'text/event-stream') asked.push(pathname);
  });
  for (const minutes of ['06:00', '12:00', '12:00']) await page.clock.fastForward(minutes);
  expect(asked).toEqual([]);
  await page.mouse.move(1, 1);
  await eventually(() => expect(asked.sort()).toEqual(at.asks));
  await page.close();
});

test('two who have the same dossier open see each other, until one leaves it or closes the window', async () => {
  const applicant = { name: 'Đặng Văn Hai', phone: '0912000077' };
  const { code } = await stage.call('lan', 'POST', '/dossiers', {
    procedureCode: '1.001193',
    channel: 'desk',
    applicant,
  });
  const [page, other] = [await stage.as('lan', `/dossiers/${code}`), await stage.as('huong', `/dossiers/${code}`)];
  const hereToo = page.getByText('Đang mở hồ sơ này: Hồ Thu Hương');
  await hereToo.waitFor();
  await other.getByText('Đang mở hồ sơ này: Nguyễn Thị Lan').waitFor();
  await stage.shot(page, 'dossier-here-too');

  await other.getByRole('navigation').getByRole('link', { name: 'Việc cần làm' }).click();
  await hereToo.waitFor({ state: 'detached' }); // Well before it would be forgotten by itself.
  await other.goBack();
  await hereToo.waitFor();
  await other.goto('about:blank');
  await hereToo.waitFor({ state: 'detached' });
  for (const one of [page, other]) await one.close();
});

/** Signs in in the window that the dialog on an ended session opens. */
async function signInAgain(page: Page, username: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Phiên làm việc đã hết' });
  const [signInWindow] = await Promise.all([
    page.waitForEvent('popup'),
    dialog.getByRole('link', { name: 'Đăng nhập lại' }).click(),
  ]);
  await stage.signIn(signInWindow, username);
}

const endSessionOf = (officialId: string) =>
  stage.sql('update gateway.session set ended_at = clock_timestamp() where official_id = $1', officialId);

async function receivedSoFar(): Promise<number> {
  const [row] = await stage.sql(`select count(*) from desk.journal where type like '%dossier-received%'`);
  return Number(row.count);
}

const nameField = (page: Page) => page.getByRole('textbox', { name: 'Họ và tên' });

test('a session that ended under an intake is gone on with: what was sent waits for the sign-in, and is one dossier', async () => {
  stage.expects(NOBODY_SIGNED_IN, /401 \(Unauthorized\) .*\/api\/desk\//, /net::ERR_FAILED .*\/api\/live$/);
  const page = await stage.as('lan', '/intake');
  await page.context().route('**/api/live*', (route) => route.abort()); // The clerk is told by nothing but the answer.
  await page.reload();
  await page.getByRole('combobox', { name: 'Thủ tục' }).fill('dkkh');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await nameField(page).fill('Cao Thị Giữ');
  await page.getByRole('textbox', { name: 'Số điện thoại' }).fill('0912000088');
  await page.getByRole('button', { name: 'Có đủ tất cả' }).click();
  const before = await receivedSoFar();
  await endSessionOf('lan');
  await page.keyboard.press('Control+Enter');
  await signInAgain(page, 'lan');

  await page.getByRole('heading', { name: 'Đã tiếp nhận' }).waitFor();
  const code = await page.locator('.motcua-code').innerText();
  const [{ dossierId }] = (await stage.call('lan', 'GET', `/dossiers?code=${code}`)).dossiers;
  expect(await stage.call('lan', 'GET', `/dossiers/${dossierId}`)).toMatchObject({
    applicant: { name: 'Cao Thị Giữ', phone: '0912000088' },
  });
  expect(await receivedSoFar()).toBe(before + 1);
  await page.context().unroute('**/api/live*');
  await page.close();
});

test('who signs in in another’s window sees nothing of what the other had begun, who finds it there when they are back', async () => {
  stage.expects(NOBODY_SIGNED_IN);
  const page = await stage.as('lan', '/intake');
  await nameField(page).fill('Tạ Văn Dở');
  await endSessionOf('lan');
  await signInAgain(page, 'huong');
  await page.locator('header', { hasText: 'Hồ Thu Hương' }).waitFor();
  expect(await nameField(page).inputValue()).toBe('');

  await endSessionOf('huong');
  await signInAgain(page, 'lan');
  await page.locator('header', { hasText: 'Nguyễn Thị Lan' }).waitFor();
  expect(await nameField(page).inputValue()).toBe('Tạ Văn Dở');
  await page.close();
});

test('Monday: the administrator names a deputy and lets a new clerk in, who sets a password and sees her own queue', async () => {
  stage.expects(/412 \(Precondition Failed\) .*\/api\/desk\/organisation$/);
  const page = await stage.as('quang', '/admin/organisation?part=deputies');
  const button = (name: RegExp | string) => page.getByRole('button', { name, exact: typeof name === 'string' });
  const field = (name: string) => page.locator(`[id="field-${name}"]`);
  await button('Cử người thay thế').click();
  await field('postId').selectOption('do-luong-civil-head');
  await field('deputyPostId').selectOption('do-luong-civil-head');
  await field('from').fill('30/11/2026');
  await field('until').fill('11/12/2026');
  await button('Ghi nhận thay đổi').click();
  await page.getByText('Cán bộ', { exact: true }).first().click();
  await button('Thêm cán bộ').click();
  await field('name').fill('Trần Thị Mai');
  await field('postId').selectOption('do-luong-centre-clerk');
  await field('from').fill('01/07/2025');
  await button('Ghi nhận thay đổi').click();

  // What breaks a rule is said before it is saved, and leads to its field.
  await button(/^Xem trước và lưu/).click();
  await page.getByRole('button', { name: /Chức vụ không thể thay cho chính nó/ }).click();
  await stage.shot(page, 'admin-organisation-field');
  await field('deputyPostId').selectOption('do-luong-civil-officer');
  await button('Ghi nhận thay đổi').click();

  // Somebody else is faster: nothing is lost, and it is said who.
  await button(/^Xem trước và lưu/).click();
  await page.getByRole('dialog').getByText('3 sửa đổi').waitFor();
  const { organisation } = await stage.call('quang', 'GET', '/organisation');
  const absences = [...organisation.absences, { officialId: 'tuan', from: '2026-11-29T17:00:00.000Z', until: null }];
  await stage.call('quang', 'POST', '/organisation', { ...organisation, absences });
  await button('Lưu').click();
  await page.getByText(/^Lê Đức Quang đã lưu một bản khác/).waitFor();
  await stage.shot(page, 'admin-organisation-faster');
  await button('Lưu').click();
  await page.getByRole('status').filter({ hasText: 'Đã lưu thành bản 3' }).waitFor();
  const saved = (await stage.call('quang', 'GET', '/organisation')).organisation;
  expect(saved.absences).toEqual(absences);
  expect(saved.deputies).toContainEqual({
    postId: 'do-luong-civil-head',
    deputyPostId: 'do-luong-civil-officer',
    from: '2026-11-29T17:00:00.000Z',
    until: '2026-12-11T17:00:00.000Z',
  });

  await page.getByRole('link', { name: /^Đến trang Tài khoản/ }).click();
  await button('Cấp tài khoản').click();
  await field('officialId').selectOption('tran-thi-mai');
  await button('Cấp và tạo liên kết').click();
  const link = await page.getByLabel('Liên kết dùng một lần').inputValue();
  await stage.shot(page, 'admin-accounts-link');
  await button('Đã đưa, đóng lại').click();
  await page.getByText('đã mời, chưa đặt mật khẩu').waitFor();
  await page.getByLabel('Tìm theo tên').fill('tran thi mai'); // As people type who type quickly.
  expect(await page.locator('tbody').first().getByRole('row').allInnerTexts()).toEqual([
    expect.stringContaining('Trần Thị Mai'),
  ]);

  const mai = await stage.visitor(new URL(link).pathname + new URL(link).search);
  for (const name of ['password', 'again']) await mai.locator(`[name=${name}]`).fill('một câu dễ nhớ');
  await mai.keyboard.press('Enter');
  await mai.locator('[name=username]').waitFor();
  await stage.signIn(mai, 'tran-thi-mai', 'một câu dễ nhớ');
  await headingOf(mai).waitFor();
  expect(await mai.locator('header').innerText()).toContain('Trần Thị Mai');
  expect(await mai.locator('nav').innerText()).toContain('Tiếp nhận');
  expect(await mai.locator('nav').innerText()).not.toContain('Tài khoản');
});

test('what needs a sign-in of the last five minutes waits for it in a dialog, and is then done without being asked again', async () => {
  stage.expects(/403 \(Forbidden\) .*\/api\/accounts\//);
  const page = await stage.as('quang', '/admin/accounts');
  await headingOf(page).waitFor();
  await stage.sql(
    `update gateway.session set authenticated_at = clock_timestamp() - interval '1 hour' where official_id = 'quang'`,
  );
  const row = page.getByRole('row', { name: /Hồ Thu Hương/ });
  await row.getByRole('button', { name: 'Liên kết mới' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Tạo liên kết' }).click();

  const again = page.getByRole('dialog', { name: 'Xác nhận lại danh tính' });
  const [signInWindow] = await Promise.all([
    page.waitForEvent('popup'),
    again.getByRole('link', { name: 'Đăng nhập lại' }).click(),
  ]);
  await stage.shot(page, 'sign-in-again');
  await stage.signIn(signInWindow, 'quang');
  await again.waitFor({ state: 'hidden' });

  await page
    .getByText(/\/sign-in\/invitation\//)
    .or(page.locator('input[value*="/sign-in/"]'))
    .first()
    .waitFor();
  await stage.shot(page, 'signed-in-again');
});

test('accounts that take two persons: one proposes a new password for a colleague, another approves and hands the link on', async () => {
  stage.expects(NOBODY_SIGNED_IN, /409 \(Conflict\) .*\/api\/accounts\//);
  const row = `'https://sso.nghean.example', $1, $2, 'quang', $3, case when $3::text is null then null else clock_timestamp() end`;
  const identity = `insert into gateway.identity (issuer, subject, official_id, bound_by, barred_by, barred_at) values (${row})`;
  await stage.sql(identity, 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6', 'minh', null);
  await stage.sql(identity, 'khanh.old@sso', null, 'quang');
  await stage.as('huong');
  const page = await stage.as('quang', '/admin/accounts');
  const { organisation } = await stage.call('quang', 'GET', '/organisation');
  const tra = { id: 'tra', name: 'Phan Thị Trà', email: null };
  const tenure = { officialId: 'tra', postId: 'do-luong-administrator', from: '2025-06-30T17:00:00.000Z', until: null };
  await stage.call('quang', 'POST', '/organisation', {
    ...organisation,
    officials: [...organisation.officials, tra],
    tenures: [...organisation.tenures, tenure],
    fourEyes: ['load-organisation', 'manage-accounts'],
  });
  await stage.sql(
    `insert into gateway.account (account_id, official_id, username, password_hash, state)
     select gen_random_uuid(), 'tra', 'tra', password_hash, state from gateway.account where official_id = 'quang'`,
  );
  const other = await stage.as('tra', '/admin/accounts');

  // This page was opened before it took two: the service says so, and the dialog offers to propose.
  const ofHuong = page.getByRole('row', { name: /Hồ Thu Hương/ });
  await ofHuong.getByRole('button', { name: 'Liên kết mới' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Tạo liên kết' }).click();
  await page.getByRole('dialog').getByText('Việc này cần hai người').waitFor();
  await stage.shot(page, 'admin-accounts-two');
  await page.getByRole('dialog').getByRole('button', { name: 'Đề nghị' }).click();
  await page.getByText('Đã đề nghị. Đang chờ').waitFor();
  await page.getByRole('button', { name: 'Rút đề nghị' }).waitFor();
  expect(await page.getByRole('button', { name: 'Duyệt', exact: true }).count()).toBe(0);
  await stage.shot(page, 'admin-accounts-proposed');

  await other.reload();
  await other.getByRole('heading', { name: 'Liên kết đặt mật khẩu mới cho Hồ Thu Hương' }).scrollIntoViewIfNeeded();
  await stage.shot(other, 'admin-accounts-approve');
  await other.getByRole('button', { name: 'Duyệt', exact: true }).click();
  await other.locator('input[value*="/sign-in/invitation"]').waitFor();
  await other.getByRole('button', { name: 'Đã đưa, đóng lại' }).click();
  await other.getByRole('button', { name: 'Xem cả đề nghị về tài khoản đã quyết định' }).click();
  await other.getByText('Phan Thị Trà đã duyệt.').waitFor();
  await other.getByText('f81d4fae').scrollIntoViewIfNeeded();
  await stage.shot(other, 'admin-accounts-identities');

  // To shut somebody out takes one, at once.
  await other.getByRole('button', { name: 'Chặn: f81d4fae-7dec-11d0-a765-00a0c91e6bf6' }).click();
  await other.getByRole('dialog').getByRole('button', { name: 'Chặn ngay' }).click();
  await other.getByRole('button', { name: 'Bỏ chặn: f81d4fae-7dec-11d0-a765-00a0c91e6bf6' }).waitFor();

  await other
    .getByRole('row', { name: /Hồ Thu Hương/ })
    .getByRole('link')
    .click();
  const line = other.getByRole('row', { name: /Phan Thị Trà tạo liên kết đặt mật khẩu/ });
  expect(await line.innerText()).toContain('theo đề nghị của Lê Đức Quang');
  await stage.shot(other, 'admin-sign-ins-of');
});
