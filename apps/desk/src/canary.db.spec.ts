import { randomUUID } from 'node:crypto';
import { eventually, MailSink, textOfPdf } from '#testing';
import { DeskAtWork, demoOrganisation } from '../test/desk-at-work';

/*
 * What people write is text wherever it comes out again: markup, what templates and translations put in, and what a spreadsheet
 * would reckon with. The pages that show it are looked at in the gateway's and the console's own tests.
 */

const canary = `<img src=x onerror="document.title='taken'"> {{7*7}} \${7*7} $t(demo) =1+1 <b>"Ánh" & 'Bảo'</b>`;
const mailbox = `canary.${randomUUID()}@example.com`;
const applicant = { name: canary, phone: '0912000777', email: mailbox, address: `=1+1 ${canary}` };

jest.setTimeout(60_000);

let mails: MailSink;
let desk: DeskAtWork;
let dossierId: string;

beforeAll(async () => {
  mails = await MailSink.start();
  const settings = { NOTICE_SMTP_URL: mails.url, NOTICE_MAIL_FROM: 'do-luong@example' };
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', settings });
  const received = await desk.receive({ applicant, remark: canary });
  dossierId = received.dossierId;
  const asked = { reasonCode: 'e-1042', components: ['map'], remark: canary };
  const path = `/dossiers/${dossierId}`;
  const supplement = await desk.as('lan', 'POST', `${path}/request-supplement`, asked, { ifMatch: received.etag });
  const letter = await desk.as('lan', 'POST', `${path}/messages`, { text: canary });
  const note = await desk.as('lan', 'POST', `${path}/notes`, { text: canary });
  expect([supplement.status, letter.status, note.status]).toEqual([200, 201, 201]);
});
afterAll(async () => {
  await desk.stop();
  await mails.stop();
});

/** Without what a paper breaks its lines by. */
const unbroken = (text: string) => text.replaceAll(/\s/g, '');

async function paperAt(path: string): Promise<{ text: string; bytes: string }> {
  const post = demoOrganisation.posts.find(({ id }) => id === 'do-luong-centre-clerk');
  const claims = { sub: 'lan', post: post?.id ?? 'none', office: post?.officeId ?? 'none' };
  const authorization = `Bearer ${await desk.token('issuer', claims)}`;
  const answer = await fetch(desk.url + path, { headers: { authorization } });
  expect(answer.status).toBe(200);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { text: unbroken(textOfPdf(bytes)), bytes: bytes.toString('latin1') };
}

test('whoever reads the dossier, its letters and notes, or finds it by name, reads sign for sign what was written', async () => {
  const { body: dossier } = await desk.as('lan', 'GET', `/dossiers/${dossierId}`);
  expect(dossier).toMatchObject({ applicant: { name: canary, address: applicant.address } });
  expect(dossier.remarks.map(({ text }: { text: string }) => text)).toEqual([canary, canary]);
  const { body: notes } = await desk.as('lan', 'GET', `/dossiers/${dossierId}/notes`);
  expect(notes.notes).toMatchObject([{ text: canary }]);
  const { body: found } = await desk.as('lan', 'POST', '/searches', { name: canary });
  expect(found.rows.map((row: { dossierId: string }) => row.dossierId)).toEqual([dossierId]);
});

test('whoever holds the receipt is told the same', async () => {
  const { body: key } = await desk.as('lan', 'GET', `/dossiers/${dossierId}/look-up-secret`);
  const { body: seen } = await desk.asService('gateway', 'POST', '/public-look-ups', key as object);
  expect(seen).toMatchObject({ messages: [{ from: 'office', text: canary }] });
});

test('on receipt, letter and book it is ink: it stands there as it was written, and no paper holds anything that runs', async () => {
  const today = (await desk.now()).slice(0, 10);
  const papers = [
    await paperAt(`/dossiers/${dossierId}/forms/receipt.pdf`),
    await paperAt(`/dossiers/${dossierId}/forms/supplement-request.pdf`),
    await paperAt(`/tracking-book.pdf?from=${today}T00:00:00.000Z&until=${today}T23:59:59.999Z`),
  ];
  for (const { text, bytes } of papers) {
    expect(text).toContain(unbroken(canary));
    expect(bytes).not.toMatch(/\/(JavaScript|JS|Launch|OpenAction|EmbeddedFile)\b/);
  }
});

test('mails are plain text that says nothing of it', async () => {
  const arrived = await eventually(() => {
    const own = mails.mails.filter(({ to }) => to.includes(mailbox));
    expect(own).toHaveLength(3);
    return own;
  });
  for (const { raw, text, subject } of arrived) {
    expect(raw).toMatch(/^Content-Type: text\/plain/im);
    expect(raw).not.toMatch(/text\/html|multipart/i);
    expect(text + subject).not.toMatch(/<img|onerror|7\*7|=1\+1|Ánh/);
  }
});

test('a reason is a code, and what turns the direction of text is refused by name of the field', async () => {
  const coded = await desk.as(
    'binh',
    'POST',
    `/dossiers/${dossierId}/stop`,
    { reasonCode: canary },
    { ifMatch: '"2"' },
  );
  expect(coded).toMatchObject({ status: 400, body: { errors: [{ field: 'reasonCode' }] } });
  for (const turning of ['\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069']) {
    const intake = {
      procedureCode: '1.012786',
      channel: 'desk',
      remark: `An${turning}nA`,
      applicant: { ...applicant, name: `An${turning}nA` },
    };
    const refused = await desk.as('lan', 'POST', '/dossiers', intake);
    expect([turning, refused.status]).toEqual([turning, 400]);
    const fields = refused.body.errors.map(({ field }: { field: string }) => field) as string[];
    expect(fields.sort()).toEqual(['applicant.name', 'remark']);
    const letter = await desk.as('lan', 'POST', `/dossiers/${dossierId}/messages`, { text: turning });
    expect(letter).toMatchObject({ status: 400, body: { errors: [{ field: 'text' }] } });
  }
});
