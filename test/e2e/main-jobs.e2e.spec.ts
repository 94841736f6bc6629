import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { localDate, parseWorkCalendar, type WorkCalendar } from '#calendar';
import type { ProcedureVersion } from '#domain';
import { projectFolder } from '#local';
import { accessibilityProblems, eventually, textOfPdf } from '#testing';
import { demoContent } from '../../apps/cli/src/start/content';
import { byKeysAlone, byPalette, choose, enter, tabTo } from './keyboard';
import { ConsoleStage } from './stage';

jest.setTimeout(180_000);

let stage: ConsoleStage;

beforeAll(async () => {
  stage = await ConsoleStage.open({ clock: true });
});
afterAll(() => stage.close());
afterEach(async () => {
  expect(await stage.complaintsAtEnd()).toEqual([]);
});

/** Gives a command from the dossier's page: opens its dialog, fills it in, sends it, and waits until it is done. */
async function give(page: Page, command: string, fill: (dialog: ReturnType<Page['getByRole']>) => Promise<void>) {
  await page.getByRole('region', { name: 'Việc có thể làm' }).getByRole('button', { name: command }).click();
  const dialog = page.getByRole('dialog');
  await fill(dialog);
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'hidden' });
}

/** The same by keys alone, with the palette for a menu. */
async function giveByKeys(page: Page, command: string, fill: (dialog: ReturnType<Page['getByRole']>) => Promise<void>) {
  await byPalette(page, command);
  const dialog = page.getByRole('dialog', { name: command });
  await fill(dialog);
  await enter(page, dialog.locator('button[type=submit]'));
  await dialog.waitFor({ state: 'hidden' });
}

async function statusOf(page: Page): Promise<string> {
  return page.locator('header.motcua-dossier-heading').innerText();
}

test('a dossier goes from the counter to the official, who works by keys alone, and back to the applicant, each seeing what the other did', async () => {
  const applicant = { name: 'Nguyễn Thị Ngọc Ánh', phone: '0912000111' };
  const received = { procedureCode: '1.012786', channel: 'desk', applicant };
  const { code, dossierId } = await stage.call('lan', 'POST', '/dossiers', received);

  const clerk = await stage.as('lan', '/queue');
  await clerk.getByRole('link', { name: code }).waitFor();
  await clerk.keyboard.press('j');
  await clerk.keyboard.press('Enter');
  await clerk.getByRole('heading', { level: 1, name: code }).waitFor();
  expect(await clerk.getByRole('region', { name: 'Người liên quan' }).innerText()).toContain(applicant.name);
  await give(clerk, 'Bàn giao', async (dialog) => {
    await dialog.getByLabel('Giao cho').selectOption('minh|do-luong-land-officer');
  });

  const official = byKeysAlone(await stage.as('minh', '/'));
  await byPalette(official, 'Việc cần làm: Chờ tôi nhận');
  await official.getByRole('link', { name: code }).waitFor();
  await official.keyboard.press('j');
  await official.keyboard.press('Enter');
  await official.getByRole('heading', { level: 1, name: code }).waitFor();
  await giveByKeys(official, 'Nhận bàn giao', () => Promise.resolve());
  await giveByKeys(official, 'Đã có kết quả', (dialog) => choose(official, dialog.getByLabel('Kết quả'), 'Đồng ý'));
  expect(await statusOf(official)).toContain('Có kết quả');

  await clerk.reload();
  await give(clerk, 'Trả kết quả', async (dialog) => {
    await dialog.getByLabel('Giao cho').selectOption('applicant');
    await dialog.getByLabel('Bằng chứng đã trả').selectOption('signature');
  });
  expect(await statusOf(clerk)).toContain('Đã trả kết quả');
  await stage.shot(clerk, 'dossier-returned');

  await enter(official, official.getByRole('button', { name: 'Xem bản mới nhất' }));
  await official.getByText('Đã trả kết quả').first().waitFor();
  expect(await stage.call('thu', 'GET', `/dossiers/${dossierId}`)).toMatchObject({ status: 'returned' });
});

test('an office asked for its opinion finds the dossier in its menu, opens it with its files, answers, and who asked sees it', async () => {
  const { code } = await stage.call('lan', 'POST', '/dossiers', {
    procedureCode: '1.012786',
    channel: 'desk',
    applicant: { name: 'Lô Văn Thái', phone: '0912000116' },
  });
  const clerk = await stage.as('lan', `/dossiers/${code}`);
  const name = 'Đơn đề nghị.pdf';
  const files = clerk.getByRole('region', { name: 'Tệp của hồ sơ' });
  const scan = { name, mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n1 0 obj << >> endobj') };
  await files.locator('input[type=file]').setInputFiles(scan);
  await files.getByRole('link', { name }).waitFor();
  await give(clerk, 'Hỏi ý kiến', async (dialog) => {
    await dialog.locator('#field-asked').selectOption('tuan|do-luong-civil-officer');
    await dialog.locator('#field-questionCode').selectOption('survey');
    await dialog.locator('#field-until').fill('30/11/2026');
    await dialog.getByLabel('Ghi chú').fill('Đề nghị xác nhận nơi cư trú.');
  });

  const asked = await stage.as('tuan', '/opinions');
  const row = asked.getByRole('row', { name: new RegExp(code) });
  await row.getByText('Bùi Anh Tuấn').waitFor();
  expect(await row.innerText()).toMatch(/Còn [^]*Bùi Anh Tuấn[^]*Nguyễn Thị Lan/);
  await row.getByRole('link').focus();
  await asked.keyboard.press('Enter');
  await asked.getByRole('heading', { level: 1, name: code }).waitFor();
  await asked.getByText('Đề nghị xác nhận nơi cư trú.').waitFor();
  const downloading = asked.waitForEvent('download');
  await asked.getByRole('link', { name }).click();
  expect(readFileSync(await (await downloading).path()).equals(scan.buffer)).toBe(true);
  const regions = await asked.getByRole('main').getByRole('region').allInnerTexts();
  expect(regions.join()).not.toMatch(/Trao đổi|Ghi chú nội bộ|Giấy tờ đã lập/);
  await stage.shot(asked, 'dossier-of-who-is-asked');
  expect(await accessibilityProblems(asked)).toEqual([]);
  await give(asked, 'Trả lời ý kiến', async (dialog) => {
    expect(await dialog.locator('#field-opinionId option:checked').innerText()).toContain('hộ tịch');
    await dialog.locator('#field-outcome').selectOption('consent');
  });
  await asked.getByRole('region', { name: 'Ý kiến của cơ quan được hỏi' }).getByText('Đồng ý').waitFor();
  await asked.getByRole('link', { name: 'Được hỏi ý kiến' }).click();
  await row.waitFor({ state: 'detached' });
  await asked.getByPlaceholder('Nhập hoặc quét mã hồ sơ').fill(code);
  await asked.keyboard.press('Enter');
  await asked.getByRole('heading', { level: 1, name: code }).waitFor();

  await clerk.reload();
  await clerk.getByRole('region', { name: 'Ý kiến của cơ quan được hỏi' }).getByText('Đồng ý').waitFor();
});

test('what came in online is accepted by keys alone, and gets its code', async () => {
  const applicant = { name: 'Lương Thị Mạng', phone: '0912000119' };
  const submitted = { procedureCode: '1.001193', channel: 'online', applicant };
  const { dossierId } = await stage.call('lan', 'POST', '/submissions', submitted);

  const page = byKeysAlone(await stage.as('lan', '/'));
  await byPalette(page, 'Việc cần làm: Chờ tiếp nhận');
  await page.getByRole('row', { name: /Chưa có mã/ }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'Người liên quan' }).getByText(applicant.name).waitFor();
  await giveByKeys(page, 'Tiếp nhận hồ sơ trực tuyến', () => Promise.resolve());
  await page.getByRole('heading', { level: 1, name: /-\d{6}-\d{4}$/ }).waitFor();
  expect(await stage.call('lan', 'GET', `/dossiers/${dossierId}`)).toMatchObject({ status: 'received' });
});

test('a clerk adds scanned papers, one that is none holds up no other, the official finds it with the dossier and gets it byte for byte', async () => {
  stage.expects(/400 \(Bad Request\) .*\/attachments/);
  const { code } = await stage.call('lan', 'POST', '/dossiers', {
    procedureCode: 'S1.000013',
    channel: 'desk',
    applicant: { name: 'Vi Văn Kỳ', phone: '0912000113' },
    responsible: { officialId: 'minh', postId: 'do-luong-land-officer' },
  });
  const scan = Buffer.from('%PDF-1.7\n1 0 obj << >> endobj');
  const clerk = await stage.as('lan', `/dossiers/${code}`);
  const files = clerk.getByRole('region', { name: 'Tệp của hồ sơ' });
  await files.getByText('Chưa có tệp nào.').waitFor();
  await files.getByLabel(/Là giấy tờ nào/).selectOption('application-form');
  await files.locator('input[type=file]').setInputFiles([
    { name: 'trang.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>'.repeat(99)) },
    { name: 'Đơn đề nghị.pdf', mimeType: 'application/pdf', buffer: scan },
    { name: 'Sơ đồ thửa đất.pdf', mimeType: 'application/pdf', buffer: scan },
    { name: 'Biên bản.pdf', mimeType: 'application/pdf', buffer: scan },
  ]);
  for (const name of ['Đơn đề nghị.pdf', 'Sơ đồ thửa đất.pdf', 'Biên bản.pdf']) {
    await files.getByRole('link', { name }).waitFor();
  }
  await files.getByRole('alert').filter({ hasText: 'trang.pdf: Không nhận loại tệp này' }).waitFor();
  await stage.shot(clerk, 'dossier-files');
  await files.getByRole('button', { name: 'Bỏ trang.pdf khỏi danh sách này' }).click();

  const official = await stage.as('minh', `/dossiers/${code}`);
  const downloading = official.waitForEvent('download');
  await official.getByRole('link', { name: 'Đơn đề nghị.pdf' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('Đơn đề nghị.pdf');
  expect(readFileSync(await download.path()).equals(scan)).toBe(true);
  const href = (await official.getByRole('link', { name: 'Đơn đề nghị.pdf' }).getAttribute('href')) ?? '';
  const answer = await official.request.get(new URL(href, stage.publicUrl).toString());
  expect(answer.headers()).toMatchObject({
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });

  await official.getByRole('button', { name: 'Rút lại Đơn đề nghị.pdf' }).click();
  const dialog = official.getByRole('dialog', { name: 'Rút lại' });
  await dialog.getByLabel('Lý do').selectOption('wrong-file');
  await dialog.getByRole('button', { name: 'Rút lại' }).click();
  await official.getByText('đã rút lại: nhầm tệp').waitFor();
  await stage.shot(official, 'dossier-file-withdrawn');
});

test('the receipt is printed from the dossier’s page, as the browser gets it', async () => {
  const applicant = { name: 'Hồ Sỹ Quý', phone: '0912000112' };
  const { code } = await stage.call('lan', 'POST', '/dossiers', {
    procedureCode: '1.001193',
    channel: 'desk',
    applicant,
  });
  const clerk = await stage.as('lan', `/dossiers/${code}`);

  const link = clerk.getByRole('link', { name: 'Giấy tiếp nhận và hẹn trả' });
  const answer = await clerk.request.get(new URL((await link.getAttribute('href')) ?? '', stage.publicUrl).toString());

  expect(answer.headers()['content-type']).toBe('application/pdf');
  expect(textOfPdf(await answer.body())).toContain('Hồ Sỹ Quý');
});

describe('where an extension takes two persons', () => {
  const { organisation } = demoContent();
  beforeAll(() => stage.call('quang', 'POST', '/organisation', { ...organisation, fourEyes: ['extend'] }));
  afterAll(() => stage.call('quang', 'POST', '/organisation', organisation));

  test('the official proposes it, the head approves where the alerts are, and official and applicant see the new date', async () => {
    const applicant = { name: 'Trần Văn Bảo', phone: '0912000114' };
    const responsible = { officialId: 'minh', postId: 'do-luong-land-officer' };
    const received = { procedureCode: '1.012786', channel: 'desk', applicant, responsible };
    const { code, dossierId } = await stage.call('lan', 'POST', '/dossiers', received);

    const official = await stage.as('minh', `/dossiers/${code}`);
    await give(official, 'Đề nghị: Hẹn lại và xin lỗi', async (dialog) => {
      expect(await dialog.innerText()).toMatch(/Việc này cần hai người.* người có thể duyệt: .*Đặng Thị Hoa/);
      await dialog.locator('#field-until').fill('01/03/2027');
      await dialog.locator('#field-reasonCode').selectOption({ index: 1 });
      await stage.shot(official, 'dialog-proposes');
    });
    const proposals = official.getByRole('region', { name: 'Đề nghị chờ duyệt' });
    expect(await proposals.innerText()).toContain('01/03/2027');
    expect(await proposals.getByRole('button', { name: 'Duyệt', exact: true }).count()).toBe(0);
    await stage.shot(official, 'dossier-proposed');

    const head = await stage.as('hoa', '/alerts');
    const waiting = head.getByRole('listitem').filter({ hasText: code });
    expect(await waiting.innerText()).toContain('01/03/2027');
    expect(await accessibilityProblems(head)).toEqual([]);
    await stage.shot(head, 'approvals-waiting');
    await waiting.getByRole('button', { name: 'Duyệt', exact: true }).click();
    await head.getByText(`Đã duyệt: ${code}.`).waitFor();
    expect(await waiting.count()).toBe(0);

    await official.reload();
    await official.getByText('01/03/2027').first().waitFor();
    expect(await proposals.count()).toBe(0);
    const { entries } = await stage.call('minh', 'GET', `/dossiers/${dossierId}/history`);
    expect(entries.at(-1).event.data).toMatchObject({
      actor: { officialId: 'hoa' },
      proposedBy: { officialId: 'minh' },
    });
    const { secret } = await stage.call('lan', 'GET', `/dossiers/${dossierId}/look-up-secret`);
    const citizen = await stage.visitor(`/track?c=${code}&s=${secret}&language=vi`);
    expect(await citizen.locator('main').innerText()).toContain('01/03/2027');
    await Promise.all([official, head, citizen].map((page) => page.close()));
  });

  test('a head who proposes it finds no way to approve it', async () => {
    const responsible = { officialId: 'minh', postId: 'do-luong-land-officer' };
    const received = { procedureCode: '1.012786', channel: 'desk', responsible };
    const { code, dossierId } = await stage.call('lan', 'POST', '/dossiers', received);
    const body = { reasonCode: 'other-body-late', until: '2027-03-01' };
    await stage.call('hoa', 'POST', `/dossiers/${dossierId}/approvals`, { command: 'extend', body }, '"1"');

    const head = await stage.as('hoa', `/dossiers/${code}`);

    const proposals = head.getByRole('region', { name: 'Đề nghị chờ duyệt' });
    await proposals.getByRole('button', { name: 'Rút đề nghị' }).waitFor();
    expect(await proposals.getByRole('button', { name: 'Duyệt', exact: true }).count()).toBe(0);
    expect(await accessibilityProblems(head)).toEqual([]);
    await head.close();
  });
});

test('a dossier is paused and asked papers of from the list, and what is not possible there is said before anything is filled in', async () => {
  const applicant = { name: 'Kha Văn Bốn', phone: '0912000117' };
  const received = { procedureCode: '1.012786', channel: 'desk', applicant };
  const { code, dossierId } = await stage.call('lan', 'POST', '/dossiers', received);
  const clerk = await stage.as('lan', '/queue?q=all&procedure=1.012786');
  const choose = () => clerk.getByLabel(`Chọn ${code}`).check();
  const chosen = clerk.getByRole('group', { name: 'Việc cho các hồ sơ đã chọn' });
  const dialog = clerk.getByRole('dialog');
  await choose();
  await chosen.getByRole('button', { name: 'Yêu cầu bổ sung' }).click();
  await dialog.locator('button[type=submit]').waitFor();
  await clerk.keyboard.press('Escape');
  await chosen.getByRole('button', { name: 'Tạm dừng' }).click();
  await dialog.locator('#field-reasonCode').selectOption('survey');
  await stage.shot(clerk, 'queue-single-command');
  await dialog.locator('button[type=submit]').click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await stage.call('lan', 'GET', `/dossiers/${dossierId}`)).toMatchObject({ status: 'suspended' });
  await chosen.waitFor({ state: 'detached' });

  await choose();
  await chosen.getByRole('button', { name: 'Tạm dừng' }).click();
  await dialog.getByText('Ở trạng thái hiện nay, hồ sơ không cho phép việc đó.').waitFor();
  expect(await dialog.locator('button[type=submit]').count()).toBe(0);
  expect(await accessibilityProblems(clerk)).toEqual([]);
});

test('a dossier is linked by code with the one it appeals against, and each leads to the other', async () => {
  const received = {
    procedureCode: '1.012786',
    channel: 'desk',
    applicant: { name: 'Vi Thị Năm', phone: '0912000118' },
  };
  const first = await stage.call('lan', 'POST', '/dossiers', received);
  const appeal = await stage.call('lan', 'POST', '/dossiers', received);
  const clerk = await stage.as('lan', `/dossiers/${appeal.code}`);
  await give(clerk, 'Gắn với hồ sơ khác', async (dialog) => {
    await dialog.locator('#field-kind').selectOption('appeal');
    await dialog.locator('#field-otherDossierId').fill('H41.85-200101-9999');
    await dialog.locator('button[type=submit]').click();
    await dialog.getByRole('alert').getByText('Không có hồ sơ này').waitFor();
    await dialog.locator('#field-otherDossierId').fill(first.code.toLowerCase());
  });
  const related = clerk.getByRole('region', { name: 'Hồ sơ liên quan' });
  await stage.shot(clerk, 'dossier-linked');
  expect(await accessibilityProblems(clerk)).toEqual([]);
  await related.getByRole('link', { name: first.code }).click();
  await clerk.getByRole('heading', { level: 1, name: first.code }).waitFor();
  expect(await related.innerText()).toMatch(new RegExp(`Bị khiếu nại bằng\\s*${appeal.code}, Đã tiếp nhận`));
});

test('who may not see a dossier is told that there is none, and a code that nobody has looks the same', async () => {
  const applicant = { name: 'Phan Thị Mai', phone: '0912000113' };
  const { code } = await stage.call('lan', 'POST', '/dossiers', {
    procedureCode: '1.001193',
    channel: 'desk',
    applicant,
  });
  const other = await stage.as('son', `/queue`);
  const told = async (of: string) => {
    await other.goto(`${stage.publicUrl}/dossiers/${of}`);
    await other.getByText('Không có hồ sơ này').waitFor();
    return (await other.getByRole('main').innerText()).replace(of, '');
  };

  const hidden = await told(code);
  expect(await told('H41.85-200101-9999')).toBe(hidden);
  expect(hidden).not.toContain(applicant.name);
});

describe('the head of the centre', () => {
  const ids: string[] = [];
  const huong = 'huong|do-luong-centre-clerk';

  beforeAll(async () => {
    for (let index = 0; index < 14; index += 1) {
      const applicant = { name: `Trần Văn ${'ABCDEFGHIJKLMN'[index]}`, phone: `09130000${10 + index}` };
      const received = { procedureCode: '1.004873', channel: 'desk', applicant };
      ids.push(((await stage.call('lan', 'POST', '/dossiers', received)) as { dossierId: string }).dossierId);
    }
  });

  const reassignments = async (dossierId: string): Promise<number> => {
    const { entries } = await stage.call('thu', 'GET', `/dossiers/${dossierId}/history`);
    return entries.filter(({ event }: any) => event.type.endsWith('dossier-reassigned')).length;
  };

  /** All rows but one are chosen by keyboard; the one that moved meanwhile is told apart. */
  async function chosen(page: Page): Promise<ReturnType<Page['getByRole']>> {
    await page.locator('.motcua-queue tbody a').nth(13).waitFor();
    await page.keyboard.press('a');
    await page.getByText('Đã chọn 14 hồ sơ').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('Đã chọn 14 hồ sơ').waitFor();
    await page.getByRole('button', { name: 'Giao lại' }).click();
    return page.getByRole('dialog');
  }

  test('reassigns many, the tab is killed in the middle, and what goes on in a new one is done once each', async () => {
    const page = await stage.as('binh', '/queue?q=all&procedure=1.004873');
    await page.locator('.motcua-queue tbody a').nth(13).waitFor();
    await page.route('**/api/desk/queues/**', () => undefined); // The list stays as it was read.
    const moved = ids.at(-1) ?? '';
    const { version } = (await stage.call('binh', 'GET', `/dossiers/commands?ids=${moved}`)).dossiers[0];
    await stage.call('lan', 'POST', `/dossiers/${moved}/suspend`, { reasonCode: 'survey' }, `"${version}"`);
    let sent = 0;
    let carriedOut = 0;
    await page.route('**/reassign', async (route) => {
      const turn = (sent += 1);
      const answer = await route.fetch();
      carriedOut += 1;
      if (turn <= 5) await route.fulfill({ response: answer }); // The others are done, and nobody hears of it.
    });
    const dialog = await chosen(page);
    await dialog.locator('#field-to').selectOption(huong);
    await dialog.locator('#field-reasonCode').selectOption('staff-shortage');
    await dialog.getByText('Sẽ làm với 13 trên 14 hồ sơ').waitFor();
    await dialog.getByText('Nguyễn Thị Lan −13').waitFor();
    await dialog.getByText('Hồ sơ đã thay đổi').waitFor();
    await stage.shot(page, 'bulk-preview');
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Giao lại (13)' }).click();
    await page.getByText('Xong 5, không được 0, còn 8').waitFor();
    while (carriedOut < 9) await page.waitForTimeout(20); // Four more are under way.
    await page.close();

    const again = await stage.as('binh', '/queue?q=all');
    await again.getByText('Một lượt xử lý còn dở: xong 5 trên 13 hồ sơ.').waitFor();
    await again.getByRole('button', { name: 'Xem', exact: true }).click();
    await stage.shot(again, 'bulk-left');
    expect(await accessibilityProblems(again)).toEqual([]);
    await again.getByRole('button', { name: 'Tiếp tục' }).click();
    await again.getByText('Xong 13, không được 0, còn 0').waitFor();
    await stage.shot(again, 'bulk-done');
    await again.getByRole('button', { name: 'Đã xem' }).click();
    expect(await Promise.all(ids.map(reassignments))).toEqual([...Array<number>(13).fill(1), 0]);
  });

  test('hands on all of somebody’s work, and sees before what it makes of two people’s', async () => {
    const page = await stage.as('binh', '/office');
    await page.getByRole('button', { name: 'Giao hết hồ sơ của Hồ Thu Hương' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('Sẽ giao 13 hồ sơ.').waitFor();
    await dialog.locator('#field-to').selectOption('lan|do-luong-centre-clerk');
    await dialog.locator('#field-reasonCode').selectOption('staff-shortage');
    await dialog.getByRole('row', { name: 'Đang mở 13 → 0' }).waitFor();
    await stage.shot(page, 'office-transfer');
    expect(await accessibilityProblems(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Giao', exact: true }).click();
    await dialog.getByText('Đã giao 13 hồ sơ.').waitFor();
    expect(await stage.call('thu', 'GET', `/dossiers/${ids[0] ?? ''}`)).toMatchObject({
      holder: { officialId: 'lan' },
    });
  });

  test('is told before and after which late dossiers stay, because a late one takes two persons to hand on', async () => {
    const { organisation } = demoContent();
    const responsible = { officialId: 'huong', postId: 'do-luong-centre-clerk' };
    const received = { procedureCode: '1.012786', channel: 'desk', responsible };
    const late = await stage.call('lan', 'POST', '/dossiers', received);
    await stage.call('lan', 'POST', '/dossiers', received);
    await stage.sql(
      `update desk.dossier set state = jsonb_set(state, '{due,appointmentAt}', '"2026-11-20T02:00:00.000Z"') where dossier_id = $1`,
      late.dossierId,
    );
    await stage.call('quang', 'POST', '/organisation', { ...organisation, fourEyes: ['reassign'] });
    try {
      const page = await stage.as('binh', '/office');
      await page.getByRole('button', { name: 'Giao hết hồ sơ của Hồ Thu Hương' }).click();
      const dialog = page.getByRole('dialog');
      const stays = dialog.getByRole('listitem').filter({ hasText: late.code });
      await dialog.getByText('Sẽ giao 1 hồ sơ.').waitFor();
      expect(await stays.innerText()).toContain('đã quá hạn, giao lại cần hai người');
      await dialog.locator('#field-to').selectOption('lan|do-luong-centre-clerk');
      await dialog.locator('#field-reasonCode').selectOption('staff-shortage');
      await stage.shot(page, 'office-transfer-stays');
      expect(await accessibilityProblems(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Giao', exact: true }).click();
      await dialog.getByText('Đã giao 1 hồ sơ.').waitFor();
      expect(await stays.getByRole('link').getAttribute('href')).toBe(`/dossiers/${late.code}`);
    } finally {
      await stage.call('quang', 'POST', '/organisation', organisation);
    }
  });

  test('opens what is due this week of somebody, exactly as many as the office page says', async () => {
    const { countedAt, weekEndsAt } = await stage.call('binh', 'GET', '/workload');
    await stage.sql(
      `update desk.dossier set earliest_due_at = $1::timestamptz + interval '1 hour' where dossier_id = any($2::uuid[])`,
      countedAt,
      ids.slice(0, 2),
    );
    const page = await stage.as('binh', '/office');
    const row = page.getByRole('row', { name: /^Nguyễn Thị Lan/ });
    const figure = row.locator('[data-label="Đến hạn trong tuần"]').getByRole('link');
    const count = Number(await figure.innerText());
    expect(count).toBeGreaterThanOrEqual(2);
    await figure.click();
    await page.getByText(/Đến hạn từ .* trước /).waitFor();
    await page.getByRole('button', { name: `Tất cả ${count}`, exact: true }).waitFor();
    expect(weekEndsAt > countedAt).toBe(true);
    await stage.shot(page, 'queue-due-this-week');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Bỏ lọc' }).first().click();
    await page.getByText(/Đến hạn từ/).waitFor({ state: 'detached' });
  });

  test('opens the dossiers behind a figure, as many as it says, ended ones too', async () => {
    const page = await stage.as('binh', '/figures?by=procedure');
    const row = page.getByRole('row', { name: /^\S.* 14 0 0 0 14 0/ });
    await row.getByRole('link').first().click();
    await page.getByText('14 hồ sơ', { exact: true }).waitFor();
    expect(await page.locator('.motcua-queue tbody a').count()).toBe(14);
    await stage.shot(page, 'figure-behind');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  test('keeps a view under a name and finds it again, also in the palette', async () => {
    const page = await stage.as('binh', '/queue?q=all&holder=lan');
    await page.getByRole('button', { name: 'Danh sách của tôi' }).click();
    await page.getByLabel('Tên danh sách đang mở').fill('Việc của Lan');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Việc của Lan' }).waitFor();
    await stage.shot(page, 'saved-views');
    expect(await accessibilityProblems(page)).toEqual([]);

    const other = await stage.as('binh', '/queue');
    await other.keyboard.press('Control+k');
    await other.getByPlaceholder('Trang, lệnh hoặc mã hồ sơ').fill('Việc của Lan');
    await other.getByText('Việc cần làm: Việc của Lan').waitFor();
    await other.keyboard.press('Enter');
    await other.waitForURL(/holder=lan/);
  });
});

describe('the auditor', () => {
  let code: string;
  let dossierId: string;

  /** Received by Lan, extended by Hoa, settled by Minh, handed out by Minh. */
  beforeAll(async () => {
    const responsible = { officialId: 'minh', postId: 'do-luong-land-officer' };
    const received = { procedureCode: '1.012786', channel: 'desk', responsible };
    ({ code, dossierId } = await stage.call('lan', 'POST', '/dossiers', received));
    const path = `/dossiers/${dossierId}`;
    await stage.call('hoa', 'POST', `${path}/extend`, { reasonCode: 'other-body-late', until: '2027-03-01' }, '"1"');
    await stage.call('minh', 'POST', `${path}/mark-processed`, { result: 'granted' }, '"2"');
    await stage.call('minh', 'POST', `${path}/return`, { to: 'applicant', proof: 'signature' }, '"3"');
  });

  /** `motcua audit verify` with no stack to be found. */
  async function verified(file: string, folder: string): Promise<{ readonly code: number; readonly out: string }> {
    const command = [join(projectFolder, 'dist/apps/cli/src/main.js'), 'audit', 'verify', file];
    const env = { ...process.env, MOTCUA_DATA: join(folder, 'nothing-here') };
    return new Promise((resolve) => {
      execFile(process.execPath, command, { env }, (error, out) => {
        resolve({ code: error === null ? 0 : Number(error.code), out });
      });
    });
  }

  test('finds by keys alone what others did, sees three histories that agree, and takes away a proof that holds without any server', async () => {
    const page = byKeysAlone(await stage.as('thu', '/'));
    await byPalette(page, 'Kiểm tra');
    const act = page.getByRole('row').filter({ hasText: code }).filter({ hasText: 'Đặng Thị Hoa' });
    expect(await act.innerText()).toContain('Hẹn lại');
    await stage.shot(page, 'audit-acts');
    await tabTo(page, page.getByLabel('Mã hồ sơ', { exact: true }));
    await page.keyboard.type(code);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: `Kiểm tra hồ sơ ${code}` }).waitFor();

    const agree = page.getByRole('region', { name: 'Ba bản ghi khớp nhau' });
    await eventually(async () => {
      if (await agree.isVisible()) return; // The workflow hears of the end a moment after the journal.
      await enter(page, page.getByRole('button', { name: 'Kiểm tra lại' }));
      await agree.waitFor({ timeout: 3_000 });
    });
    expect(await agree.innerText()).toMatch(/\d mục, chuỗi băm nguyên vẹn/);
    expect(await page.getByRole('region', { name: 'Ai giữ hồ sơ khi quá hạn' }).innerText()).toContain(
      'Không quá ngày hẹn',
    );
    const table = page.getByRole('region', { name: 'Ba lịch sử đặt cạnh nhau' });
    expect(await table.getByRole('row').filter({ hasText: 'Hồ sơ được tiếp nhận' }).innerText()).toMatch(
      /Đã báo, sự kiện 1/,
    );
    expect(await table.getByRole('row').filter({ hasText: 'Đã trả kết quả' }).innerText()).toMatch(/đã giữ hồ sơ/);
    await stage.shot(page, 'audit-dossier');
    expect(await accessibilityProblems(page)).toEqual([]);

    const folder = mkdtempSync(join(tmpdir(), 'motcua-audit-'));
    const downloading = page.waitForEvent('download');
    await enter(page, page.getByRole('button', { name: 'Tải tệp chứng cứ' }));
    const download = await downloading;
    const file = join(folder, download.suggestedFilename());
    await download.saveAs(file);
    const sound = await verified(file, folder);
    expect([sound.code, sound.out]).toEqual([0, expect.stringMatching(/chain unbroken.*replayed\) agree/)]);
    writeFileSync(file, readFileSync(file, 'utf8').replace('other-body-late', 'staff-shortage'));
    expect(await verified(file, folder)).toMatchObject({ code: 5, out: expect.stringContaining('entry 2') });
    rmSync(folder, { recursive: true });
  });

  test('is told by the log who looked at the dossier, the own look too, and what was refused', async () => {
    await expect(stage.call('lan', 'GET', `/journal/${dossierId}`)).rejects.toMatchObject({ code: 'ACTION_FORBIDDEN' });
    const page = await stage.as('thu', `/audit/${code}`);
    await page.getByRole('link', { name: 'Ai đã xem hồ sơ này' }).click();
    const looked = page.getByRole('row').filter({ hasText: 'Đọc sổ nhật ký' }).first();
    expect(await looked.innerText()).toContain(code);
    await page.locator('#field-code').fill('');
    await page.locator('#field-outcome').selectOption('forbidden');
    await page.getByRole('button', { name: 'Xem', exact: true }).click();
    const refused = page.getByRole('row').filter({ hasText: 'Bị từ chối' }).first();
    expect(await refused.innerText()).toMatch(/Nguyễn Thị Lan[^]*Đọc sổ nhật ký/);
    await looked.filter({ hasText: 'Thái Thị Thu' }).waitFor({ state: 'detached' });
    await stage.shot(page, 'access-log');
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});

/** Of a browser's names, as many as a paste needs. */
interface Pasting {
  readonly DataTransfer: new () => { setData(format: string, text: string): void };
  readonly ClipboardEvent: new (type: string, of: object) => object;
  readonly document: { readonly body: { dispatchEvent(event: object): boolean } };
}

describe('the administrator', () => {
  const since = '2025-06-30T17:00:00.000Z';
  const legalBasis = 'Công văn 12729/VPCP-KGVX';
  const named = { vi: 'Nghỉ theo công văn', en: 'Off by decree', de: 'Frei durch Erlass' };

  /** The calendar as it is with a day more off, as a file that somebody edited by hand. */
  function withDayOff(calendar: WorkCalendar, date: string, by = 'decree'): string {
    const day = { date, kind: 'holiday', name: named, legalBasis, hoursOf: null, open: null };
    const days = [...calendar.days, day].sort((one, other) => one.date.localeCompare(other.date));
    return JSON.stringify({ ...calendar, version: `${calendar.version}-${by}`, days }, null, 2);
  }

  const inVietnam = (at: string) => localDate({ timeZone: 'Asia/Ho_Chi_Minh' }, at).split('-').reverse().join('/');

  async function choose(page: Page, name: string, text: string): Promise<void> {
    const buffer = Buffer.from(text);
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'application/json', buffer });
  }

  test('takes a moved holiday in, sees whom it moves before, recomputes, and the clerk sees the new date', async () => {
    const received = {
      procedureCode: '1.012786',
      channel: 'desk',
      applicant: { name: 'Lô Thị Mai', phone: '0912000115' },
    };
    const { code, dossierId, due } = await stage.call('lan', 'POST', '/dossiers', received);
    const { appointmentAt }: { readonly appointmentAt: string } = due;
    const clerk = await stage.as('lan', `/dossiers/${code}`);
    await clerk.getByText(inVietnam(appointmentAt)).first().waitFor();
    const known = parseWorkCalendar(
      stage.content.calendars.find((one) => (one as { readonly id: string }).id === 'vn-office'),
    );
    const dayOff = localDate({ timeZone: known.timeZone }, appointmentAt);
    const text = withDayOff(known, dayOff);

    const page = await stage.as('quang', '/');
    await page.getByRole('link', { name: 'Lịch làm việc' }).click();
    await page.getByRole('link', { name: 'vn-office', exact: true }).click();
    await page.getByText('Tính lại ngày hẹn của hồ sơ đang mở').waitFor();
    await choose(page, 'sai.json', text.replace('"Asia/Ho_Chi_Minh"', '"Nowhere/None"'));
    const line = text.slice(0, text.indexOf('"Asia/Ho_Chi_Minh"')).split('\n').length;
    await page.getByText(`Dòng ${line}, cột`).waitFor();
    await stage.shot(page, 'calendar-file-wrong');
    expect(await accessibilityProblems(page)).toEqual([]);

    await choose(page, 'vn-office.json', text);
    const file = page.getByRole('region', { name: 'Nạp phiên bản mới' });
    await file
      .getByRole('row', { name: new RegExp(`${inVietnam(appointmentAt)}.*${named.vi}.*${legalBasis}`) })
      .waitFor();
    const moved = file.getByRole('row', { name: new RegExp(`^${code}`) });
    expect(await moved.innerText()).toContain(inVietnam(appointmentAt));
    await stage.shot(page, 'calendar-file-seen');
    expect(await accessibilityProblems(page)).toEqual([]);
    await file.getByRole('button', { name: 'Nạp', exact: true }).click();
    await file.getByText(`Đã nạp lịch vn-office, phiên bản ${known.version}-decree.`).waitFor();
    expect(await stage.call('lan', 'GET', `/dossiers/${dossierId}`)).toMatchObject({ due: { appointmentAt } });

    const panel = page.getByRole('region', { name: 'Tính lại ngày hẹn của hồ sơ đang mở' });
    await panel.getByRole('row', { name: new RegExp(`^${code}`) }).waitFor();
    await panel.getByRole('button', { name: /^Dời ngày của \d+ hồ sơ/ }).click();
    await panel.getByRole('link', { name: 'Căn cứ của quyết định: Cần điền' }).waitFor();
    await panel.getByLabel('Căn cứ của quyết định').fill(legalBasis);
    await stage.shot(page, 'recomputation');
    await panel.getByRole('button', { name: /^Dời ngày của \d+ hồ sơ/ }).click();
    await panel.getByText(/^Xong: .* đã dời [1-9]\d* hồ sơ/).waitFor();
    await panel.getByText('Ngày hẹn của mọi hồ sơ đang mở đều khớp với lịch mới nhất').waitFor();
    await stage.shot(page, 'recomputation-done');
    expect(await accessibilityProblems(page)).toEqual([]);

    const then = (await stage.call('lan', 'GET', `/dossiers/${dossierId}`)).due.appointmentAt;
    expect(then > appointmentAt).toBe(true);
    await clerk.reload();
    await clerk.getByText(inVietnam(then)).first().waitFor();
  });

  test('by keys alone pastes a draft of a procedure, publishes it and withdraws it, each with what follows said before', async () => {
    const held: ProcedureVersion = await stage.call('lan', 'GET', '/procedures/1.001193');
    const draft = { ...held, version: held.version + 1, name: 'Đăng ký khai sinh (mới)', state: 'draft' };
    const page = byKeysAlone(await stage.as('quang', '/'));
    await byPalette(page, 'Danh mục thủ tục');
    await page.getByRole('region', { name: 'Nạp phiên bản mới' }).waitFor();
    await page.evaluate((text) => {
      const { DataTransfer, ClipboardEvent, document } = globalThis as unknown as Pasting;
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', text);
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
    }, JSON.stringify(draft));
    const file = page.getByRole('region', { name: 'Nạp phiên bản mới' });
    await file.getByRole('row', { name: `Tên ${held.name} ${draft.name}` }).waitFor();
    await file.getByText('Là dự thảo').waitFor();
    await stage.shot(page, 'procedure-file-seen');
    await enter(page, file.getByRole('button', { name: 'Nạp', exact: true }));
    await enter(page, file.getByRole('link', { name: 'Mở thủ tục này' }));

    const versions = page.getByRole('region', { name: 'Các phiên bản của 1.001193' });
    await versions.getByRole('row', { name: `Phiên bản ${draft.version} Dự thảo` }).waitFor();
    await page.getByRole('row', { name: `Tên ${held.name} ${draft.name}` }).waitFor();
    await stage.shot(page, 'procedure-draft');
    await act(page, `Công bố phiên bản ${draft.version}`, `Phiên bản ${held.version} từ ngày đó thôi nhận hồ sơ mới.`);
    await versions.getByRole('row', { name: `Phiên bản ${draft.version} Đã công bố · đang nhận hồ sơ mới` }).waitFor();
    await act(page, `Bãi bỏ phiên bản ${draft.version}`, `hồ sơ mới theo phiên bản ${held.version}.`);
    await versions.getByRole('row', { name: `Phiên bản ${held.version} Đã công bố · đang nhận hồ sơ mới` }).waitFor();
    expect(await stage.call('lan', 'GET', '/procedures/1.001193')).toMatchObject({ version: held.version });
  });

  async function act(page: Page, what: string, consequence: string): Promise<void> {
    await enter(page, page.getByRole('button', { name: what }));
    const dialog = page.getByRole('dialog', { name: what });
    await dialog.getByText(consequence).waitFor();
    await tabTo(page, dialog.getByLabel('Căn cứ'));
    await page.keyboard.type('Quyết định 1234/QĐ-UBND');
    await stage.shot(page, `dialog-${what.startsWith('Công') ? 'publish' : 'withdraw'}`);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
  }

  test('hands on what is still held in an office that has ended, to its successor', async () => {
    const { organisation } = demoContent();
    const responsible = { officialId: 'tuan', postId: 'do-luong-civil-officer' };
    const { dossierId } = await stage.call('lan', 'POST', '/dossiers', {
      procedureCode: '1.012786',
      channel: 'desk',
      responsible,
    });
    const { now } = await stage.call('lan', 'GET', '/time');
    const ended = { validUntil: now, successorId: 'do-luong-land' };
    const offices = organisation.offices.map((one) => (one.id === 'do-luong-civil' ? { ...one, ...ended } : one));
    await stage.call('quang', 'POST', '/organisation', { ...organisation, offices });
    try {
      const page = await stage.as('quang', '/admin/organisation');
      const office = 'Phòng Văn hóa - Xã hội, bộ phận hộ tịch';
      const held = page.getByRole('group', { name: office });
      await held.getByText(/đã kết thúc mà còn \d+ hồ sơ đang mở/).waitFor();
      await held.getByRole('button', { name: 'Giao hết hồ sơ' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(/^Đặng Thị Hoa: \d+$/).waitFor();
      await dialog.locator('#field-reasonCode').selectOption({ index: 1 });
      await stage.shot(page, 'office-ended');
      expect(await accessibilityProblems(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'Giao', exact: true }).click();
      await dialog.getByText(/^Đã giao \d+ hồ sơ\.$/).waitFor();
      await dialog.getByRole('button', { name: 'Đóng' }).last().click();
      await held.waitFor({ state: 'detached' });
      expect(await stage.call('thu', 'GET', `/dossiers/${dossierId}`)).toMatchObject({ holder: { officialId: 'hoa' } });
    } finally {
      await stage.call('quang', 'POST', '/organisation', organisation);
    }
  });

  describe('where it takes two of them', () => {
    const { organisation } = demoContent();
    const second = { officialId: 'tuan', postId: 'do-luong-administrator', from: since, until: null };
    const tenures = [...organisation.tenures.filter(({ officialId }) => officialId !== second.officialId), second];
    const ofTwo = { ...organisation, tenures, fourEyes: ['load-organisation', 'load-catalogue'] };
    const proposals = (page: Page) => page.getByRole('region', { name: 'Đề nghị chờ duyệt' });
    const look = (page: Page) => proposals(page).getByRole('button', { name: 'Xem thay đổi' }).first().click();

    test('a calendar is sent to the second, who sees day by day what it changes and whom it moves, and says no with a reason', async () => {
      stage.expects(/409 \(Conflict\) .*\/api\/desk\/catalogue$/);
      const page = await stage.as('quang', '/admin/calendars');
      const { calendars } = await stage.call('quang', 'GET', '/calendars');
      const { versions } = calendars.find(({ id }: { readonly id: string }) => id === 'vn-office');
      const file = page.getByRole('region', { name: 'Nạp phiên bản mới' });
      await file.waitFor();
      await stage.call('quang', 'POST', '/organisation', ofTwo); // The page was open before: it hears of it when it tries.
      const held = parseWorkCalendar(stage.content.calendars.find((one) => (one as WorkCalendar).id === 'vn-office'));
      await choose(page, 'vn-office.json', withDayOff(held, '2027-03-08', 'draft'));
      await file.getByRole('button', { name: 'Nạp', exact: true }).click();
      await file.getByText('Việc này cần hai người').waitFor();
      await stage.shot(page, 'calendar-takes-two');
      await file.getByRole('button', { name: 'Gửi người thứ hai duyệt' }).click();
      await file.getByText('Đã gửi. Chưa có gì thay đổi').waitFor();
      await proposals(page)
        .getByRole('heading', { name: `Lịch vn-office, phiên bản ${held.version}-draft` })
        .waitFor();
      expect(await proposals(page).getByText('quyết định').count()).toBe(0);

      const other = await stage.as('tuan', '/admin/calendars/vn-office');
      await proposals(other).getByText('Lê Đức Quang').waitFor();
      await look(other);
      await proposals(other)
        .getByRole('row', { name: new RegExp(`08/03/2027.*${named.vi}.*${legalBasis}`) })
        .waitFor();
      await stage.shot(other, 'calendar-proposed');
      await proposals(other).getByRole('button', { name: 'Không duyệt' }).click();
      await other.getByRole('dialog').getByLabel('Lý do').selectOption('survey');
      await other.getByRole('dialog').getByRole('button', { name: 'Không duyệt' }).click();
      await other.getByText('Đã trả lời không duyệt; không có gì thay đổi.').waitFor();

      await page.reload();
      await proposals(page).getByText('Bùi Anh Tuấn không duyệt: ').waitFor();
      const after = (await stage.call('quang', 'GET', '/calendars')).calendars;
      expect(after.find(({ id }: { readonly id: string }) => id === 'vn-office').versions).toEqual(versions);
    });

    test('an organisation is saved by the second as it was sent, after every edit was shown from what to what', async () => {
      const page = await stage.as('quang', '/admin/organisation');
      await rename(page, 'Nguyễn Thị Lan', 'Nguyễn Thị Lan Anh');
      await page.getByRole('dialog').getByText('Nguyễn Thị Lan → Nguyễn Thị Lan Anh').waitFor();
      await stage.shot(page, 'organisation-takes-two');
      await page.getByRole('dialog').getByRole('button', { name: 'Gửi người thứ hai duyệt' }).click();
      await proposals(page)
        .getByRole('heading', { name: /^1 sửa đổi trên bản/ })
        .waitFor();
      await rename(page, 'Nguyễn Văn Minh', 'Nguyễn Văn Minh Đức');
      await page.getByRole('dialog').getByRole('button', { name: 'Gửi người thứ hai duyệt' }).click();
      await proposals(page)
        .getByRole('heading', { name: /^1 sửa đổi trên bản/ })
        .nth(1)
        .waitFor();

      const other = await stage.as('tuan', '/admin/organisation');
      await proposals(other).getByRole('button', { name: 'Xem thay đổi và quyết định' }).nth(1).click();
      await proposals(other).getByText('Nguyễn Thị Lan → Nguyễn Thị Lan Anh').waitFor();
      await stage.shot(other, 'organisation-proposed');
      await other.emulateMedia({ colorScheme: 'dark' });
      await stage.shot(other, 'organisation-proposed-dark');
      expect(await accessibilityProblems(other)).toEqual([]);
      await proposals(other).getByRole('button', { name: 'Duyệt', exact: true }).click();
      await other.getByText('Đã duyệt; có hiệu lực ngay.').waitFor();
      await other.getByRole('cell', { name: 'Nguyễn Thị Lan Anh', exact: true }).waitFor();
      const { officials } = (await stage.call('quang', 'GET', '/organisation')).organisation;
      expect(officials).toContainEqual(expect.objectContaining({ id: 'lan', name: 'Nguyễn Thị Lan Anh' }));
    });

    async function rename(page: Page, from: string, to: string): Promise<void> {
      await page.getByRole('button', { name: `Sửa: ${from}` }).click();
      await page.locator('[id="field-name"]').fill(to);
      await page.getByRole('button', { name: 'Ghi nhận thay đổi' }).click();
      await page.getByRole('button', { name: 'Xem trước và lưu (1 sửa đổi)' }).click();
    }
  });
});
