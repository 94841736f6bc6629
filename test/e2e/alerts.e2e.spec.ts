import type { Page } from 'playwright-core';
import { accessibilityProblems } from '#testing';
import { byKeysAlone, choose, enter, tabTo } from './keyboard';
import { ConsoleStage, looks } from './stage';

jest.setTimeout(180_000);

/** An hour of the office passes in a second, from a Monday morning: what is due tomorrow is due in half a minute. */
const timeMap = { mapped: '2026-11-23T01:00:00.000Z', speed: 3_600 };

/** How long a rung may take to fall due: a weekend can lie between. */
const patience = { timeout: 100_000 };

let stage: ConsoleStage;

beforeAll(async () => {
  stage = await ConsoleStage.open({ timeMap, clock: true });
});
afterAll(() => stage.close());
afterEach(async () => {
  expect(await stage.complaintsAtEnd()).toEqual([]);
});

/** Received by Lan at the counter; its certificate is promised within a working day. */
async function received(): Promise<{ readonly dossierId: string; readonly code: string }> {
  const applicant = { name: 'Nguyễn Thị Ngọc Ánh', phone: '0912000010' };
  return stage.call('lan', 'POST', '/dossiers', { procedureCode: '1.001193', channel: 'desk', applicant });
}

const alertOf = (page: Page, code: string) => page.getByRole('listitem').filter({ hasText: code });

/** How many milliseconds ago the head’s alert of a dossier was written down, by the database’s clock. */
async function ageOfEscalation(dossierId: string): Promise<number> {
  const [row] = await stage.sql(
    `select extract(epoch from clock_timestamp() - recorded_at) * 1000 as age from desk.journal
     where stream = $1 and type like '%dossier-escalated%' and body like '%"rung":"appointment-due"%'`,
    dossierId,
  );
  return Number(row.age);
}

test('when an instant passes, the head sees it within three seconds and takes it up where it stands, by keys alone', async () => {
  const queue = await stage.as('binh', '/queue?q=all');
  const streams: string[] = [];
  queue.context().on('request', (request) => {
    if (request.headers().accept === 'text/event-stream') streams.push(new URL(request.url()).pathname);
  });
  await queue.reload();
  const page = byKeysAlone(await stage.as('binh', '/alerts'));
  await page.getByText('Không có cảnh báo nào đang chờ bạn.').waitFor();
  const { dossierId, code } = await received();
  await queue.getByText('1 hồ sơ mới').waitFor();
  const alert = alertOf(page, code);
  await alert.waitFor(patience);

  expect(await ageOfEscalation(dossierId)).toBeLessThan(3_000);
  expect(streams).toEqual(['/api/live']); // The first window hears for the browser, this one too.
  const inMenu = queue
    .getByRole('navigation')
    .getByRole('link', { name: /^Cảnh báo\s*1 cảnh báo chưa ai nhận xử lý$/ });
  await inMenu.waitFor();
  await stage.shot(queue, 'alerts-in-menu');
  await queue.setViewportSize({ width: 390, height: 768 });
  await queue.getByRole('banner').getByRole('link', { name: '1 cảnh báo chưa ai nhận xử lý' }).waitFor();
  expect(await accessibilityProblems(queue)).toEqual([]);
  await stage.shot(queue, 'alerts-on-telephone');
  await queue.setViewportSize({ width: 1366, height: 768 });
  expect(await alert.innerText()).toMatch(/Nguyễn Thị Lan[^]*Cán bộ tiếp nhận/);

  const takeUp = alert.getByRole('button', { name: 'Nhận xử lý' });
  const dialog = page.getByRole('dialog');
  await enter(page, takeUp);
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await page.locator(':focus').and(takeUp).waitFor(); // Who thinks better of it is where they were.
  await page.keyboard.press('Enter');
  await choose(page, dialog.locator('#field-reasonCode'), 'Cơ quan thiếu nhân lực');
  expect(await stage.flawsWhenNarrow(page, 'alert-acknowledged', { onTelephone: true })).toEqual([]);
  await tabTo(page, dialog.locator('#field-plannedAt'));
  await page.keyboard.type('01/01/2026');
  await page.keyboard.press('Tab');
  await page.keyboard.type('10:00');
  stage.expects(/400 \(Bad Request\) .*\/acknowledgement$/);
  await page.keyboard.press('Enter');
  await enter(page, dialog.getByRole('alert').getByRole('link')); // A day that has passed is refused at its field.
  await page.keyboard.press('Control+a');
  await page.keyboard.type('30/06/2027');
  await page.keyboard.press('Enter');

  await alert.getByText(/Phan Thanh Bình đã nhận xử lý, dự kiến xong.*30\/06\/2027/).waitFor();
  expect(await dialog.count()).toBe(0);
  await inMenu.waitFor({ state: 'detached' });
  expect(await stage.call('binh', 'GET', `/dossiers/${dossierId}`)).toMatchObject({ acknowledged: true });
});

test('the head asks who holds the dossier, and gives it to somebody else, from the list', async () => {
  const page = await stage.as('binh', '/alerts');
  const { dossierId, code } = await received();
  const alert = alertOf(page, code);
  await alert.waitFor(patience);
  const dialog = page.getByRole('dialog');
  await alert.getByRole('button', { name: 'Hỏi người giữ' }).click();
  await dialog.locator('textarea:focus').waitFor(); // The dialog begins in its field.
  await page.keyboard.type('Vì sao chưa xong?');
  await dialog.locator('button[type=submit]').click();
  await alert.getByText('Đã hỏi người đang giữ hồ sơ.').waitFor();

  const holder = await stage.as('lan', '/queue?q=mine&answered=true');
  await holder.getByRole('row', { name: new RegExp(`${code} có câu hỏi chưa đọc`) }).waitFor();
  await holder.getByRole('link', { name: code }).click();
  await holder.getByText('Vì sao chưa xong?').waitFor();
  await stage.shot(holder, 'dossier-asked');
  await holder.getByRole('button', { name: 'Đã đọc xong' }).click();
  await holder.getByText('Nguyễn Thị Lan đã đọc').waitFor();

  await alert.getByRole('button', { name: 'Giao người khác' }).click();
  await dialog.locator('#field-to').selectOption('huong|do-luong-centre-clerk');
  await dialog.locator('#field-reasonCode').selectOption({ index: 1 });
  await dialog.locator('button[type=submit]').click();

  await alert.getByText('Đã giao người khác.').waitFor();
  expect(await stage.call('binh', 'GET', `/dossiers/${dossierId}`)).toMatchObject({ holder: { officialId: 'huong' } });

  await alert.getByText(/(Quá hạn|Còn) .*(giờ|phút|ngày)/).waitFor(); // By the office's clock, like everywhere.
  await stage.shot(page, 'alert-own-clock');
  await alert.getByRole('button', { name: 'Tạm dừng' }).click();
  await dialog.locator('#field-reasonCode').selectOption({ index: 1 });
  await dialog.locator('button[type=submit]').click();
  await alert.getByText('Đã tạm dừng.').waitFor();
  await alert.getByRole('button', { name: 'Tạm dừng' }).waitFor({ state: 'detached' });
  expect(await stage.call('binh', 'GET', `/dossiers/${dossierId}`)).toMatchObject({ status: 'suspended' });
  const { version } = (await stage.call('binh', 'GET', `/dossiers/commands?ids=${dossierId}`)).dossiers[0];
  await stage.call('binh', 'POST', `/dossiers/${dossierId}/resume`, {}, `"${version}"`); // The figures count it.
});

test('figures name their formula, add up, and are not for those who have no right to them', async () => {
  const page = await stage.as('binh', '/figures');
  await page.getByRole('button', { name: 'Năm nay' }).click();
  await page.getByRole('row', { name: /^Tiếp nhận 2 trực tuyến \+ trực tiếp \+ kỳ trước chuyển sang/ }).waitFor();

  expect(await page.getByRole('row', { name: /766/ }).innerText()).toMatch(/ trên 2$/);
  expect(await page.getByText(/không khớp/).count()).toBe(0);
  const clerk = await stage.as('lan', '/figures');
  expect(await clerk.getByRole('heading', { level: 1 }).innerText()).toBe('Chức vụ này không được xem trang này');
});

test('the alerts are usable by everybody, in each language, light and dark, on a laptop and a telephone', async () => {
  const page = await stage.as('binh', '/alerts');
  await page.locator('ol.motcua-alerts').waitFor();
  const problems: string[] = [];
  for (const look of looks) {
    await stage.look(page, look);
    const name = `alerts-${look.language}-${look.scheme}`;
    problems.push(...(await stage.flawsOf(page, `${name}-1366`)));
    if (look.scheme === 'light') problems.push(...(await stage.flawsWhenNarrow(page, name, { onTelephone: true })));
  }
  expect(problems).toEqual([]);
});
