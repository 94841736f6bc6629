import { textOfPdf } from '#testing';
import { DeskAtWork, demoOrganisation, type Reply } from '../../test/desk-at-work';
import { DeskSettings } from '../desk.settings';

jest.setTimeout(60_000);

let desk: DeskAtWork;

beforeAll(async () => {
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', settings: { PUBLIC_URL: 'https://motcua.example' } });
});
afterAll(() => desk.stop());

const applicant = { name: 'Nguyễn Thị Ngọc Ánh', phone: '0912000111', address: 'Xóm 3, tỉnh Nghệ An' };

/** A paper, as it comes back: the answer, and its bytes. */
async function paperAt(path: string, who = 'lan') {
  const { tenures, posts } = demoOrganisation;
  const post = tenures.find((one) => one.officialId === who)?.postId ?? 'none';
  const office = posts.find(({ id }) => id === post)?.officeId ?? 'none';
  const authorization = `Bearer ${await desk.token('issuer', { sub: who, post, office })}`;
  const answer = await fetch(desk.url + path, { headers: { authorization } });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { status: answer.status, headers: answer.headers, bytes };
}

const print = (dossierId: string, path: string, who = 'lan') => paperAt(`/dossiers/${dossierId}/forms/${path}`, who);

async function bookIn(language: string, date: string): Promise<Buffer> {
  const period = `from=${date}T00:00:00.000Z&until=${date}T23:59:59.999Z`;
  const { status, bytes } = await paperAt(`/tracking-book.pdf?${period}&language=${language}`);
  expect(status).toBe(200);
  return bytes;
}

async function textOn(dossierId: string, path: string): Promise<string> {
  const { status, bytes } = await print(dossierId, path);
  expect(status).toBe(200);
  return textOfPdf(bytes);
}

/** A dossier, and commands on it as it then stands. */
async function received(body: object = {}) {
  const { dossierId, etag, body: receipt } = await desk.receive({ applicant, ...body });
  let ifMatch: string | null = etag;
  const act = async (who: string, command: string, said: object): Promise<Reply> => {
    const reply = await desk.as(who, 'POST', `/dossiers/${dossierId}/${command}`, said, { ifMatch });
    expect(reply).toMatchObject({ status: 200 });
    ifMatch = reply.etag;
    return reply;
  };
  return { dossierId, code: receipt.code as string, act };
}

test('the receipt on paper says who came, what was promised and who promised it, readable in Vietnamese', async () => {
  const { dossierId, code } = await received();

  const { status, headers, bytes } = await print(dossierId, 'receipt.pdf');

  expect(status).toBe(200);
  expect(headers.get('content-type')).toBe('application/pdf');
  expect(headers.get('content-disposition')).toBe(`inline; filename="${code}-receipt.pdf"`);
  const text = textOfPdf(bytes);
  expect(text).toContain('GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ');
  expect(text).toContain('Mẫu số 01 · 03/2025/TT-VPCP');
  expect(text).toContain('Người nộp hồ sơNguyễn Thị Ngọc Ánh');
  expect(text).toMatch(/Thời gian giải quyết theo quy\s+định\s+10 ngày làm việc/);
  expect(text).toMatch(/Thời gian trả kết quả\s*17:30 ngày \d\d\/\d\d\/2026/);
  expect(text).toContain(`${code}   ·   Trang 1/1`);
  expect(text).not.toContain('\ufffd');
  const { body } = await desk.as('lan', 'GET', `/dossiers/${dossierId}/look-up-secret`);
  expect(text).toContain(`Mã tra cứu: ${body.secret as string}`);
});

test('it is printed in the language that is asked for; what people wrote stays as they wrote it', async () => {
  const { dossierId } = await received();

  const english = await textOn(dossierId, 'receipt.pdf?language=en');
  expect(english).toContain('RECEIPT AND APPOINTMENT');
  expect(english).toContain('Submitted byNguyễn Thị Ngọc Ánh');
  const german = await textOn(dossierId, 'receipt.pdf?language=de');
  expect(german).toContain('EMPFANGSBESTÄTIGUNG MIT TERMIN');
  expect(german).toContain('Zum Nachsehen einlesen');
});

test('printed again after corrections it is the paper that was handed out, byte for byte; each printing is a look', async () => {
  const { dossierId, act } = await received();
  const first = await print(dossierId, 'receipt.pdf');

  await act('lan', 'correct', { field: 'applicant.name', newValue: 'Hồ Canary Mười', reasonCode: 'misspelt' });

  const again = await print(dossierId, 'receipt.pdf');
  expect(again.bytes.equals(first.bytes)).toBe(true);
  expect(await desk.rows('select official_id, action from desk.access_log where dossier_id = $1', dossierId)).toEqual([
    { official_id: 'lan', action: 'read-form' },
    { official_id: 'lan', action: 'read-form' },
  ]);
});

test('the receipt has the telephone that was known when it was handed out; journal and log have none', async () => {
  const submission = {
    procedureCode: 'S1.000003',
    channel: 'online',
    applicant: { ...applicant, phone: '0912000222' },
  };
  const { body, etag } = await desk.as('huong', 'POST', '/submissions', submission);
  const { dossierId } = body;
  const act = (command: string, said: object, ifMatch: string | null) =>
    desk.as('lan', 'POST', `/dossiers/${dossierId}/${command}`, said, { ifMatch });
  const correction = { field: 'applicant.phone', reasonCode: 'typo' };
  const { etag: corrected } = await act('correct', { ...correction, newValue: '0912000333' }, etag);
  const { etag: accepted } = await act('accept', {}, corrected);
  expect((await act('correct', { ...correction, newValue: '0912000444' }, accepted)).status).toBe(200);

  for (const regulation of ['03/2025/TT-VPCP', '01/2018/TT-VPCP']) {
    const paper = await textOn(dossierId, `receipt.pdf?regulation=${encodeURIComponent(regulation)}`);
    expect(paper).toContain('Số điện thoại0912000333');
    expect(paper).not.toMatch(/0912000222|0912000444/);
  }
  const written = await desk.rows(
    `select body::text as text from desk.journal where stream = $1
     union all select row_to_json(one)::text from desk.access_log one where dossier_id = $1::uuid`,
    dossierId,
  );
  expect(written.length).toBeGreaterThan(3);
  expect(JSON.stringify(written)).not.toContain('0912000');
});

test('every other form of a dossier’s life is printed too', async () => {
  const { dossierId, act } = await received();
  await act('lan', 'request-supplement', { reasonCode: 'e-1042', components: ['map'], remark: 'Bản đồ thiếu tọa độ.' });
  await act('lan', 'receive-supplement', {});
  const { draft } = (await desk.as('binh', 'GET', `/dossiers/${dossierId}/apology-draft`)).body;
  await act('binh', 'extend', { reasonCode: 'survey', until: draft.proposedDate });
  await act('binh', 'stop', { reasonCode: 'court-order' });

  const supplement = await textOn(dossierId, 'supplement-request.pdf');
  expect(supplement).toContain('PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ');
  expect(supplement).toContain('Bản đồ thiếu tọa độ.');
  expect(await textOn(dossierId, 'apology.pdf')).toMatch(/Ngày hẹn trả mới\s*17:30 ngày/);
  expect(await textOn(dossierId, 'stop-notice.pdf?language=en')).toContain(
    'A court or a competent authority ordered to stop.',
  );
});

test('across every paper of a demo stands that it is one, in the language of the paper; across nobody else’s', async () => {
  const { dossierId } = await received();
  const words = { vi: 'BẢN DÙNG THỬ', en: 'DEMO', de: 'VORFÜHRUNG' };
  const today = (await desk.now()).slice(0, 10);
  const marked = async () => {
    const papers: Record<string, boolean[]> = {};
    for (const [language, mark] of Object.entries(words)) {
      const texts = [
        await textOn(dossierId, `receipt.pdf?language=${language}`),
        textOfPdf(await bookIn(language, today)),
      ];
      papers[language] = texts.map((text) => text.includes(mark));
    }
    return papers;
  };
  const settings = desk.app.get(DeskSettings);
  settings.DEMO = true;
  const ofDemo = await marked().finally(() => (settings.DEMO = false));

  expect(ofDemo).toEqual({ vi: [true, true], en: [true, true], de: [true, true] });
  expect(await marked()).toEqual({ vi: [false, false], en: [false, false], de: [false, false] });
});

test('papers of a procedure that names them stand in a table', async () => {
  const { dossierId } = await received({ procedureCode: 'S1.000005' });

  expect(await textOn(dossierId, 'receipt.pdf')).toMatch(/Tên giấy tờ\s*Bản chính\s*Bản sao/);
});

test('what is no form, and what is out of sight, is refused as the form itself is, and no look is logged', async () => {
  const { dossierId } = await received();

  expect(await print(dossierId, 'menu.pdf')).toMatchObject({ status: 400 });
  expect(await print(dossierId, 'refusal.pdf')).toMatchObject({ status: 404 });
  expect(await print(dossierId, 'receipt.pdf?language=fr')).toMatchObject({ status: 400 });
  expect(await print(dossierId, 'receipt.pdf', 'tuan')).toMatchObject({ status: 404 });
  const looks = `select 1 from desk.access_log where dossier_id = $1 and outcome = 'allowed'`;
  expect(await desk.rows(looks, dossierId)).toEqual([]);
});
