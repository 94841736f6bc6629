import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { textOfPdf } from '#testing';
import { ConsoleStage } from './stage';

jest.setTimeout(180_000);

let stage: ConsoleStage;

beforeAll(async () => {
  stage = await ConsoleStage.open();
});
afterAll(() => stage.close());
afterEach(() => {
  expect(stage.complaints()).toEqual([]);
});

/** Gives a command from the dossier's page: opens its dialog, fills it in, sends it, and waits until it is done. */
async function give(page: Page, command: string, fill: (dialog: ReturnType<Page['getByRole']>) => Promise<void>) {
  await page.getByRole('region', { name: 'Việc có thể làm' }).getByRole('button', { name: command }).click();
  const dialog = page.getByRole('dialog', { name: command });
  await fill(dialog);
  await dialog.getByRole('button', { name: command }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function statusOf(page: Page): Promise<string> {
  return page.locator('header.motcua-dossier-heading').innerText();
}

test('a dossier goes from the counter to the official and back to the applicant, each seeing what the other did', async () => {
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

  const official = await stage.as('minh', '/queue?q=handed-to-me');
  await official.getByRole('link', { name: code }).click();
  await give(official, 'Nhận bàn giao', () => Promise.resolve());
  await give(official, 'Đã có kết quả', async (dialog) => {
    await dialog.getByLabel('Kết quả').selectOption('granted');
  });
  expect(await statusOf(official)).toContain('Có kết quả');

  await clerk.reload();
  await give(clerk, 'Trả kết quả', async (dialog) => {
    await dialog.getByLabel('Giao cho').selectOption('applicant');
    await dialog.getByLabel('Bằng chứng đã trả').selectOption('signature');
  });
  expect(await statusOf(clerk)).toContain('Đã trả kết quả');
  await stage.shot(clerk, 'dossier-returned');

  await official.reload();
  expect(await statusOf(official)).toContain('Đã trả kết quả');
  expect(await stage.call('thu', 'GET', `/dossiers/${dossierId}`)).toMatchObject({ status: 'returned' });
});

test('a clerk adds a scanned paper, the official finds it with the dossier and gets it byte for byte', async () => {
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
    { name: 'Đơn đề nghị.pdf', mimeType: 'application/pdf', buffer: scan },
    { name: 'trang.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>'.repeat(99)) },
  ]);
  await files.getByRole('link', { name: 'Đơn đề nghị.pdf' }).waitFor();
  await files.getByRole('alert').filter({ hasText: 'trang.pdf: Không nhận loại tệp này' }).waitFor();
  await stage.shot(clerk, 'dossier-files');
  await files.getByRole('button', { name: 'Bỏ khỏi danh sách này' }).click();

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
  stage.complaints(/400 \(Bad Request\)/);
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

test('who may not see a dossier is told that there is none, and a code that nobody has looks the same', async () => {
  const applicant = { name: 'Phan Thị Mai', phone: '0912000113' };
  const { code } = await stage.call('lan', 'POST', '/dossiers', {
    procedureCode: '1.001193',
    channel: 'desk',
    applicant,
  });
  const other = await stage.as('son', `/queue`);

  await other.goto(`${stage.publicUrl}/dossiers/${code}`);
  const hidden = (await other.getByRole('main').innerText()).replace(code, '');
  await other.goto(`${stage.publicUrl}/dossiers/H41.85-200101-9999`);
  expect((await other.getByRole('main').innerText()).replace('H41.85-200101-9999', '')).toBe(hidden);
  expect(hidden).not.toContain(applicant.name);
});
