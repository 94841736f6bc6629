import { randomUUID } from 'node:crypto';
import { Clock } from '#platform';
import type { Reply } from '../test/browser';
import { GatewayAtWork } from '../test/gateway-at-work';

jest.setTimeout(60_000);

const applicant = { name: 'Phan Canary Hai', phone: '0912777888', address: 'Xóm Canary' };

let gateway: GatewayAtWork;
// Each test asks from an address of its own, as if through a proxy in front.
beforeAll(async () => (gateway = await GatewayAtWork.start({ settings: { TRUST_PROXY: 'loopback' } })));
afterAll(() => gateway.stop());

let addresses = 0;
/** Somebody at an address of their own, without any account. */
function visitor() {
  addresses += 1;
  const from = { 'x-forwarded-for': `192.0.2.${addresses}`, 'accept-language': 'en' };
  const browser = gateway.browser();
  return {
    open: (path: string, headers: Record<string, string> = {}) =>
      browser.once(path, { headers: { ...from, ...headers } }),
    look: (code: string, secret: string, more: Record<string, string> = {}) =>
      browser.once('/track', {
        method: 'POST',
        headers: { ...from, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ code, secret, ...more }).toString(),
      }),
    say: (kind: string, said: Record<string, string>) =>
      browser.once(`/track/${kind}`, {
        method: 'POST',
        headers: { ...from, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ language: 'en', key: randomUUID(), ...said }).toString(),
      }),
  };
}

/** What Lan prints for somebody who handed something in. */
async function receipt(body: object = {}): Promise<{ code: string; secret: string; dossierId: string }> {
  const lan = await gateway.signedIn('lan');
  const { csrf } = (await lan.once('/api/session')).body;
  const { body: dossier } = await lan.once('/api/desk/dossiers', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf, 'idempotency-key': randomUUID() },
    body: JSON.stringify({ procedureCode: 'S1.000010', channel: 'desk', applicant, ...body }),
  });
  const { dossierId } = dossier;
  return { dossierId, ...(await lan.once(`/api/desk/dossiers/${dossierId}/look-up-secret`)).body };
}

/** Lan's commands on a dossier that she has just received, and her letters about it. */
async function clerkAt(dossierId: string) {
  const lan = await gateway.signedIn('lan');
  const { csrf } = (await lan.once('/api/session')).body;
  let etag = '"1"';
  return async (act: string, said: object): Promise<void> => {
    const reply = await lan.once(`/api/desk/dossiers/${dossierId}/${act}`, {
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'x-csrf-token': csrf },
        ...{ 'idempotency-key': randomUUID(), 'if-match': etag },
      },
      body: JSON.stringify(said),
    });
    if (reply.status >= 300) throw new Error(reply.text);
    etag = reply.headers.get('etag') ?? etag;
  };
}

const wordsOf = ({ text }: Pick<Reply, 'text'>) => text.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

test('the form is a page without script in the language that is asked for', async () => {
  const vietnamese = await visitor().open('/track', { 'accept-language': 'vi-VN,vi;q=0.9' });
  const german = await visitor().open('/track?language=de');

  expect(vietnamese).toMatchObject({ status: 200, text: expect.stringContaining('<html lang="vi">') });
  expect(wordsOf(vietnamese)).toContain('Tra cứu hồ sơ');
  expect(wordsOf(german)).toContain('Vorgang verfolgen');
  expect(vietnamese.text).not.toMatch(/<script|style=|onclick/i);
});

test('whoever has the receipt sees state, promise, procedure and office, by form and by QR code, and nobody’s name', async () => {
  const { code, secret } = await receipt();
  const typed = await visitor().look(code.toLowerCase(), `${secret.slice(0, 4)} ${secret.slice(4)}`, {
    language: 'en',
  });
  const scanned = await visitor().open(`/track?c=${code}&s=${secret}`);

  for (const seen of [typed, scanned]) {
    expect(seen.status).toBe(200);
    expect(wordsOf(seen)).toContain(`Dossier ${code}`);
    expect(wordsOf(seen)).toContain('Received The office’s time is running.');
    expect(wordsOf(seen)).toContain('Result promised for');
    expect(wordsOf(seen)).toContain('Trung tâm Phục vụ hành chính công xã Đô Lương. Name the code');
    expect(wordsOf(seen)).toMatch(/Telephone: 0238 000 0085\s?\./);
    expect(seen.text).not.toMatch(/canary|0912777888|Nguyễn Thị Lan/i);
  }
});

test('whoever sees another date than on the receipt is told what moved it, and what that rests on', async () => {
  const { code, secret, dossierId } = await receipt();
  const binh = await gateway.signedIn('binh');
  const { csrf } = (await binh.once('/api/session')).body;
  const { draft } = (await binh.once(`/api/desk/dossiers/${dossierId}/apology-draft`)).body;
  const extended = await binh.once(`/api/desk/dossiers/${dossierId}/extend`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', 'x-csrf-token': csrf },
      ...{ 'idempotency-key': randomUUID(), 'if-match': '"1"' },
    },
    body: JSON.stringify({ reasonCode: 'survey', until: draft.proposedDate }),
  });
  expect(extended.status).toBe(200);

  const told = async (language: string) => wordsOf(await visitor().look(code, secret, { language }));

  expect(await told('vi')).toMatch(
    /Vì sao ngày hẹn thay đổi Từ \S.* sang .*Cơ quan xin lỗi ông\/bà và hẹn lại\. Văn bản: Phiếu xin lỗi .* \(Mẫu số 04\)\. Căn cứ: Nghị định 118\/2025\/NĐ-CP; Thông tư 03\/2025\/TT-VPCP\./,
  );
  expect(await told('en')).toContain(
    'The office apologised and set a new date. Letter: Apology and proposal to extend the time (form 04).',
  );
  expect(await told('de')).toContain('Die Behörde hat sich entschuldigt und einen neuen Termin gesetzt.');
});

test('whoever holds the receipt sees every pause of the office’s clock, and the working time that is left', async () => {
  const { code, secret, dossierId } = await receipt();
  const act = await clerkAt(dossierId);
  const told = async (language = 'en') => wordsOf(await visitor().look(code, secret, { language }));
  const fresh = await told();
  expect(fresh).toMatch(/Result promised for \S.* \d+ days?( \d+ hours?)? of working time left/);
  expect(fresh).not.toContain('When the time limit stood still');

  await act('request-supplement', { components: ['application-form'], reasonCode: 'incomplete' });
  expect(await told()).toMatch(/When the time limit stood still Since \S.*: waiting for papers from you\./);
  expect(await told('vi')).toMatch(/Những lần tạm dừng tính thời hạn Từ \S.* đến nay: chờ ông\/bà bổ sung hồ sơ\./);
  await act('receive-supplement', {});

  expect(await told()).toMatch(/When the time limit stood still From \S.* until \S.*: waiting for papers from you\./);
  expect(await told('de')).toMatch(
    /Noch \d+ Tage?.* Arbeitszeit .*Wann die Frist ruhte Von \S.* bis \S.*: Warten auf Unterlagen/,
  );
});

test('in a demo the dossier of a receipt, whatever was typed, and the console say so', async () => {
  const { code, secret } = await receipt();
  const lan = await gateway.signedIn('lan');
  const shown = async () => ({
    pages: [
      await visitor().look(code, secret),
      await visitor().look(code, 'WR0NGSEC'),
      await visitor().say('message', { code, secret, text: '' }),
      await visitor().open('/track/usual-times'),
    ].map(({ text }) => wordsOf({ text }).includes('Demo: people, dossiers and time are made up.')),
    console: (await lan.once('/api/session')).body.demo as boolean,
  });
  const before = await shown();
  gateway.settings.DEMO = true;
  const then = await shown().finally(() => (gateway.settings.DEMO = false));

  expect(before).toEqual({ pages: [false, false, false, false], console: false });
  expect(then).toEqual({ pages: [true, true, true, true], console: true });
});

test('a complaint is shown without who complains, and without about whom', async () => {
  const { code, secret } = await receipt({ procedureCode: 'S1.000020', about: { officialId: 'minh' } });

  const seen = await visitor().look(code, secret);

  expect(seen.status).toBe(200);
  expect(seen.text).not.toMatch(/canary|minh|0912777888/i);
});

test('an unknown code and a wrong secret look alike, and the secret is not said again', async () => {
  const { code } = await receipt();
  const wrong = await visitor().look(code, 'WR0NGSEC');
  const unknown = await visitor().look('H41.85-990101-0001', 'WR0NGSEC');

  expect([wrong.status, unknown.status]).toEqual([404, 404]);
  expect(unknown.text).toBe(wrong.text.replaceAll(code, 'H41.85-990101-0001'));
  expect(wrong.text).not.toContain('WR0NGSEC');
  expect(wrong.text).toContain('role="alert"');
});

test('what somebody types is text on the page, never part of it', async () => {
  const { text } = await visitor().look('"><script>alert(1)</script>', 'x');

  expect(text).not.toContain('<script');
  expect(text).toContain('&lt;script&gt;');
});

test('what office and applicant wrote is text on the page, never part of it', async () => {
  const canary = `<img src=x onerror="alert(1)"> {{7*7}} \${7*7} =1+1 <b>"Ánh" & 'Bảo'</b>`;
  const { code, secret, dossierId } = await receipt({ procedureCode: '1.012786', applicant: { name: canary } });
  const act = await clerkAt(dossierId);
  await act('request-supplement', { components: ['map'], reasonCode: 'incomplete', remark: canary });
  await act('messages', { text: canary });
  expect((await visitor().say('message', { code, secret, text: canary })).status).toBe(303);

  for (const language of ['vi', 'en', 'de']) {
    const { text } = await visitor().look(code, secret, { language });
    const shown = text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
    expect(shown.split(canary)).toHaveLength(3); // The office's letter and the applicant's.
    expect(text).not.toMatch(/<img|<b>|onerror="/);
  }
});

test('no page may run script, be framed, be kept, or tell another site its address', async () => {
  const { code, secret } = await receipt();
  const pages = [
    await visitor().open('/track'),
    await visitor().open(`/track?c=${code}&s=${secret}`),
    await visitor().look(code, 'WR0NGSEC'),
    await visitor().open('/track/usual-times'),
  ];

  for (const { headers } of pages) {
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    const policy = headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('script-src');
  }
  const style = await visitor().open('/track/style.css');
  expect(style.headers.get('content-type')).toMatch(/^text\/css/);
  expect(style.text.length).toBeLessThan(6_000);
});

test('five looks a minute from one address, by form and QR code together; the form itself opens for ever', async () => {
  const one = visitor();
  const other = visitor();
  const statuses: number[] = [];
  for (let look = 0; look < 3; look += 1) {
    statuses.push((await one.look(`H41.85-990102-000${look}`, 'x')).status);
    statuses.push((await one.open(`/track?c=H41.85-990103-000${look}&s=x`)).status);
  }

  expect(statuses).toEqual([404, 404, 404, 404, 404, 429]);
  const refused = await one.look('H41.85-990104-0001', 'x');
  expect(refused.status).toBe(429);
  expect(wordsOf(refused)).toContain('Wait a minute');
  expect((await one.open('/track')).status).toBe(200);
  expect((await other.look('H41.85-990104-0001', 'x')).status).toBe(404);
});

test('an IPv6 network of one subscriber has five looks, whichever of its addresses they come from', async () => {
  const from = (address: string) => visitor().open('/track?c=H41.85-990106-0001&s=x', { 'x-forwarded-for': address });
  for (let host = 1; host <= 5; host += 1) expect((await from(`2001:db8:1:2::${host}`)).status).toBe(404);

  expect((await from('2001:db8:1:2:ffff::9')).status).toBe(429);
  expect((await from('2001:db8:1:3::1')).status).toBe(404);
});

test('after ten wrong secrets from anywhere a code is locked, also for the right one, and the answer does not tell', async () => {
  const { code, secret } = await receipt();
  expect((await visitor().look(code, secret)).status).toBe(200);
  for (let guess = 0; guess < 10; guess += 1) {
    expect((await visitor().look(guess % 2 ? code : ` ${code.toLowerCase()}`, `WR0NG00${guess}`)).status).toBe(404);
  }

  const locked = await visitor().look(code, secret);
  expect(locked.status).toBe(404);
  expect(locked.text).toBe((await visitor().look(code, 'WR0NGSEC')).text);

  await gateway.rows(`update gateway.attempt set at = at - interval '15 minutes' where kind = 'look-up'`);
  expect((await visitor().look(code, secret)).status).toBe(200);
});

test('many guesses at once gain nothing', async () => {
  const code = 'H41.85-990105-0001';
  await Promise.all(Array.from({ length: 30 }, (_, guess) => visitor().look(code, `WR0NG0${guess}`)));

  const kept = await gateway.rows(
    `select count(*)::integer as tries from gateway.attempt where kind = 'look-up' group by key_hash order by 1 desc limit 1`,
  );
  expect(kept).toEqual([{ tries: 10 }]);
});

test('whoever reads codes off in their order gets nothing', async () => {
  const { code } = await receipt();
  const found: Reply[] = [];
  for (let number = 0; number < 100; number += 1) {
    const one = `${code.slice(0, -4)}${String(number).padStart(4, '0')}`;
    const reply = await visitor().look(one, 'AAAAAAAA');
    if (reply.status !== 404) found.push(reply);
  }

  expect(found).toEqual([]);
});

test('code and secret are in no line of the log', async () => {
  const { code, secret } = await receipt();
  await visitor().open(`/track?c=${code}&s=${secret}`);
  await visitor().look(code, secret);

  const lines = gateway.log.filter((line) => line.includes('/track'));
  expect(lines.length).toBeGreaterThan(1);
  expect(gateway.log.filter((line) => line.includes(secret) || line.includes(code))).toEqual([]);
});

describe('what whoever has the receipt says', () => {
  test('is led to the dossier without the secret in an address, and a reload sends nothing again', async () => {
    const { code, secret } = await receipt();
    const one = visitor();
    const text = '<b>Xin chào</b>\r\ndòng hai';
    const sent = await one.say('message', { code, secret, text });
    expect([sent.status, sent.headers.get('location')]).toEqual([303, '/track/sent?sent=message&language=en']);

    for (const time of ['at once', 'reloaded']) {
      const page = await one.open('/track/sent?sent=message&language=en');
      expect([time, page.status, page.text.match(/class="applicant"/g)?.length]).toEqual([time, 200, 1]);
      expect(page.text).toContain('&lt;b&gt;Xin chào&lt;/b&gt;\ndòng hai');
      expect(page.text).toContain('role="status"');
      expect(page.headers.get('referrer-policy')).toBe('no-referrer');
      expect(page.headers.get('cache-control')).toBe('no-store');
    }
    expect(wordsOf(await visitor().open('/track/sent?sent=message'))).toContain('Look-up secret');

    // A browser that keeps the cookie for longer than it was told shows nothing more than others do.
    const later = new Date(Date.now() + 121_000);
    const clock = jest.spyOn(gateway.app.get(Clock), 'realNow').mockReturnValue(later);
    expect(wordsOf(await one.open('/track/sent?sent=message&language=en'))).toContain('Look-up secret');
    clock.mockRestore();
  });

  test('under one key counts once', async () => {
    const { code, secret } = await receipt();
    const key = randomUUID();
    const one = visitor();
    await Promise.all([1, 2].map(() => one.say('message', { code, secret, key, text: 'Once' })));

    expect((await one.look(code, secret)).text.match(/class="applicant"/g)).toHaveLength(1);
  });

  test('is refused on the page, with what was typed', async () => {
    const { code, secret } = await receipt();
    const empty = await visitor().say('message', { code, secret, text: '  ' });
    expect(empty.status).toBe(400);
    expect(wordsOf(empty)).toContain('please fill in the form');
    const early = await visitor().say('rating', { code, secret, rating: '1' });
    expect(early.status).toBe(409);
    const long = await visitor().say('complaint', { code, secret, about: 'office', text: 'x'.repeat(1950) });
    expect([long.status, long.text.includes('x'.repeat(1950))]).toEqual([400, true]);
    expect((await visitor().say('message', { code, secret, text: 'ệ'.repeat(2000) })).status).toBe(303);
  });

  test('with a wrong secret is a guess like any other, counted with the looks of its address', async () => {
    const { code, secret } = await receipt();
    const one = visitor();
    const statuses: number[] = [];
    for (let guess = 0; guess < 6; guess += 1) {
      statuses.push((await one.say('message', { code, secret: `WR0NG00${guess}`, text: 'x' })).status);
    }
    expect(statuses).toEqual([404, 404, 404, 404, 404, 429]);
    for (let guess = 0; guess < 5; guess += 1) await visitor().say('rating', { code, secret: 'WR0NGSEC', rating: '1' });

    expect((await visitor().say('message', { code, secret, text: 'x' })).status).toBe(404);
  });

  test('as a complaint goes to the office, whose answer is not told', async () => {
    const { code, secret } = await receipt();
    const one = visitor();
    expect((await one.say('complaint', { code, secret, about: 'holder', text: 'Canary' })).status).toBe(303);
    const page = await one.open('/track/sent?sent=complaint&language=en');
    expect(wordsOf(page)).toContain('Your complaint was sent');
    expect(page.text).not.toContain('Canary');
    expect(gateway.log.filter((line) => line.includes('Canary') || line.includes(secret))).toEqual([]);
  });

  test('is nothing that a person reaches through the console', async () => {
    const lan = await gateway.signedIn('lan');
    const { csrf } = (await lan.once('/api/session')).body;
    const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf, 'idempotency-key': randomUUID() };
    const reply = await lan.once('/api/desk/public-look-ups/messages', { method: 'POST', headers, body: '{}' });

    expect(reply.status).toBe(404);
  });
});

test('how long a procedure usually takes can be asked before anything is handed in', async () => {
  const page = await visitor().open('/track/usual-times?language=en');
  expect(page.status).toBe(200);
  expect(page.text).toContain('value="S1.000010"');
  expect(page.text).toContain('value="do-luong-centre"');
  expect(page.text).not.toContain('class="state"');

  const asked = await visitor().open('/track/usual-times?language=en&procedure=S1.000010&office=do-luong-centre');
  expect(wordsOf(asked)).toContain('Too few dossiers are done');
  const unknown = await visitor().open('/track/usual-times?procedure=nothing&office=nowhere');
  expect(unknown).toMatchObject({ status: 200, text: expect.not.stringContaining('class="state"') });
});
