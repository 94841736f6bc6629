import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { parseEvent } from '#contracts';
import { eventually, MailSink } from '#testing';
import { DeskAtWork, withMigrator, type Reply } from '../../test/desk-at-work';
import { answering, droppingAfterAcceptance, GatewaySink } from '../../test/gateway-sink';
import { NoticeBook } from './notice-book';
import { NoticeSender } from './notice-sender';

jest.setTimeout(60_000);
const patience = { timeoutMs: 20_000 };

let mails: MailSink;
let gateway: GatewaySink;
let desk: DeskAtWork;
const logged: string[] = [];

beforeAll(async () => {
  [mails, gateway] = await Promise.all([MailSink.start(), GatewaySink.start()]);
  const tokenFile = join(mkdtempSync(join(tmpdir(), 'motcua-notices-')), 'token');
  writeFileSync(tokenFile, 'secret-of-the-gateway\n');
  desk = await DeskAtWork.start({
    brokers: '127.0.0.1:1',
    organisation: withMigrator,
    settings: {
      NOTICE_SMTP_URL: mails.url,
      NOTICE_MAIL_FROM: 'do-luong@example',
      NOTICE_GATEWAY_URL: gateway.url,
      NOTICE_GATEWAY_TOKEN_FILE: tokenFile,
    },
    log: (line) => void logged.push(line),
  });
});
afterAll(async () => {
  await desk.stop();
  await mails.stop();
  await gateway.stop();
});
afterEach(() => {
  gateway.recover();
  mails.beforeAccepting = () => undefined;
  mails.beforeRecipient = () => undefined;
});

const name = 'Hồ Canary Bảy';
const withPhone = (phone: string) => ({ applicant: { name, phone } });
const withMail = (email: string) => ({ applicant: { name, email } });

/** A number or mailbox of a test's own, so that what reaches it is this test's. */
const ownPhone = () => `0${randomUUID().replace(/\D/g, '').padEnd(10, '7').slice(0, 10)}`;
const ownMailbox = () => `canary.${randomUUID()}@example.com`;

const messagesTo = (phone: string) => gateway.messages.filter(({ to }) => to === phone);
const mailsTo = (address: string) => mails.mails.filter(({ to }) => to.includes(address));

async function noticesOf(dossierId: string, who = 'lan'): Promise<readonly Record<string, unknown>[]> {
  const { status, body } = await desk.as(who, 'GET', `/dossiers/${dossierId}/notices`);
  expect(status).toBe(200);
  return body.notices;
}

async function settled(dossierId: string, count = 1): Promise<readonly Record<string, unknown>[]> {
  return eventually(async () => {
    const notices = (await noticesOf(dossierId)).filter(({ state }) => state !== 'pending');
    expect(notices).toHaveLength(count);
    return notices;
  }, patience);
}

/** The entries of the journal about one dossier's notices, as they are told. */
async function entriesOf(dossierId: string) {
  const rows = await desk.rows(`select body from desk.journal where stream = 'notices' order by sequence`);
  const events = rows.map(({ body }) => parseEvent(body as string));
  return events.filter(({ data }) => (data as { dossierId: string }).dossierId === dossierId);
}

async function connected(): Promise<Client> {
  const client = new Client({ connectionString: desk.database.ownerUrl });
  await client.connect();
  return client;
}

/** As if the pause, or the lease, were over. */
async function pauseOver(dossierId: string): Promise<void> {
  await desk.rows(`update desk.notice set next_attempt_at = clock_timestamp() where dossier_id = $1`, dossierId);
}

async function inVain(dossierId: string, attempts: number, answer: unknown): Promise<void> {
  await eventually(async () => {
    expect(await noticesOf(dossierId)).toMatchObject([{ state: 'pending', attempts, lastAnswer: answer }]);
  }, patience);
}

async function command(who: string, dossierId: string, last: { etag: string | null }, path: string, body: object) {
  const reply: Reply = await desk.as(who, 'POST', `/dossiers/${dossierId}/${path}`, body, { ifMatch: last.etag });
  if (reply.status !== 200) throw new Error(JSON.stringify(reply));
  return reply;
}

describe('who is told', () => {
  test('that the office has written, without what', async () => {
    const mailbox = ownMailbox();
    const { dossierId } = await desk.receive({ applicant: { name, email: mailbox }, language: 'en' });
    const said = { text: 'Canary: your boundary is disputed.' };
    expect(await desk.as('lan', 'POST', `/dossiers/${dossierId}/messages`, said)).toMatchObject({ status: 201 });
    expect(await desk.as('lan', 'POST', `/dossiers/${dossierId}/notes`, said)).toMatchObject({ status: 201 });

    const notices = await settled(dossierId, 2);
    expect(notices.map(({ kind, state }) => [kind, state])).toContainEqual(['message', 'sent']);
    const mails = mailsTo(mailbox).map(({ text }) => text);
    expect(mails).toHaveLength(2);
    expect(mails.join()).toContain('the office has written to you');
    expect(mails.join()).not.toContain('boundary');
  });

  test('by mail if there is a mailbox, in the language of the applicant, with what an appeal starts from', async () => {
    const mailbox = ownMailbox();
    const phone = ownPhone();
    const applicant = { name, email: mailbox, phone };
    const { dossierId, body } = await desk.receive({ applicant, language: 'de' });

    const [notice] = await settled(dossierId);
    expect(notice).toMatchObject({ causeSequence: 1, kind: 'received', state: 'sent', by: 'e-mail', attempts: 1 });
    expect(notice).toMatchObject({ reasonCode: null, lastAnswer: null, nextAttemptAt: null });
    expect(mailsTo(mailbox)).toMatchObject([{ messageId: `<${dossierId}.1.received@motcua>` }]);
    const { text } = mailsTo(mailbox)[0]!;
    expect(text).toContain(`Vorgang ${body.code} ist eingegangen.`);
    expect(text).toMatch(/Das Ergebnis ist zugesagt für den \d\d\.\d\d\.\d{4} um \d\d:\d\d Uhr\./);
    expect(text).toContain('Auskunft: Trung tâm Phục vụ hành chính công xã Đô Lương');
    expect(messagesTo(phone)).toEqual([]);
    expect(await entriesOf(dossierId)).toMatchObject([
      {
        type: 'applicant-notified',
        sequence: notice!['entrySequence'],
        data: {
          dossierId,
          causeSequence: 1,
          kind: 'received',
          by: 'e-mail',
          outcome: 'sent',
          attempts: 1,
          reasonCode: null,
        },
      },
    ]);
  });

  test('else by telephone, short', async () => {
    const phone = ownPhone();
    const { dossierId, body } = await desk.receive(withPhone(phone));

    expect(await settled(dossierId)).toMatchObject([{ state: 'sent', by: 'phone' }]);
    const [message] = messagesTo(phone);
    expect(message!.text).toMatch(
      new RegExp(
        `^Trung tam .* xa Do Luong: Ho so ${body.code} da duoc tiep nhan. Hen tra ket qua luc \\d\\d:\\d\\d ngay `,
      ),
    );
    expect(message!.headers.authorization).toBe('Bearer secret-of-the-gateway');
  });

  test('of each act that concerns them, with what it asks, and nothing of the rest', async () => {
    const mailbox = ownMailbox();
    const { dossierId, etag } = await desk.receive({ ...withMail(mailbox), language: 'en' });
    const to = { officialId: 'minh', postId: 'do-luong-land-officer' };
    let last = await command('lan', dossierId, { etag }, 'hand-over', { to, step: 'examine' });
    const asked = { reasonCode: 'incomplete', components: ['application'] };
    last = await command('minh', dossierId, last, 'request-supplement', asked);
    last = await command('minh', dossierId, last, 'receive-supplement', {});
    last = await command('minh', dossierId, last, 'request-payment', { amountMinor: 500_000, currency: 'VND' });
    last = await command('minh', dossierId, last, 'receive-payment', {});
    last = await command('minh', dossierId, last, 'mark-processed', { result: 'granted' });
    await command('lan', dossierId, last, 'return', { to: 'applicant', proof: 'signature' });

    expect(await settled(dossierId, 4)).toMatchObject([
      { causeSequence: 1, kind: 'received' },
      { causeSequence: 3, kind: 'supplement' },
      { causeSequence: 5, kind: 'payment' },
      { causeSequence: 7, kind: 'ready' },
    ]);
    const texts = mailsTo(mailbox)
      .map(({ text }) => text)
      .join();
    expect(texts).toMatch(/needs to be completed\.\n(Please answer by .*\.\n)?Please bring: /);
    expect(texts).toContain('please pay VND 500,000.');
    expect(texts).toMatch(/The result of dossier H41\.85-\d{6}-\d{4} is ready\./);
  });

  test('nobody, where no applicant is named', async () => {
    const { dossierId } = await desk.receive();

    expect(await noticesOf(dossierId)).toEqual([]);
  });

  test('nobody, of what is recorded of the past', async () => {
    const past = { procedureCode: '1.012786', channel: 'desk', occurredAt: '2026-03-02T02:00:00.000Z' };
    const received = await desk.as('kien', 'POST', '/dossiers', { ...past, ...withPhone(ownPhone()) });
    expect(received.status).toBe(201);
    const { dossierId } = received.body as { dossierId: string };
    const body = { result: 'granted', occurredAt: '2026-03-03T02:00:00.000Z' };
    await command('kien', dossierId, received, 'mark-processed', body);

    expect(await noticesOf(dossierId, 'thu')).toEqual([]);
  });

  test('who left no way to be reached is known not to be told', async () => {
    const { dossierId } = await desk.receive({ applicant: { name } });

    expect(await settled(dossierId)).toMatchObject([
      { state: 'not-possible', reasonCode: 'no-contact', by: null, attempts: 0 },
    ]);
  });

  test('whose data was erased before, likewise', async () => {
    gateway.behave = answering(503);
    const phone = ownPhone();
    const { dossierId } = await desk.receive(withPhone(phone));
    await inVain(dossierId, 1, 'HTTP 503');

    await desk.rows('delete from desk.dossier_key where dossier_id = $1', dossierId);
    await pauseOver(dossierId);

    expect(await settled(dossierId)).toMatchObject([{ state: 'not-possible', reasonCode: 'erased', attempts: 1 }]);
    expect(messagesTo(phone)).toHaveLength(1);
  });

  test('a dossier that is not in sight has no notices either', async () => {
    const { dossierId } = await desk.receive(withPhone(ownPhone()));

    expect(await desk.as('quang', 'GET', `/dossiers/${dossierId}/notices`)).toMatchObject({ status: 403 });
    expect(await desk.as('lan', 'GET', `/dossiers/${randomUUID()}/notices`)).toMatchObject({ status: 404 });
  });
});

describe('while the other side misbehaves', () => {
  test('a fault is tried again with the same id, then it is sent, once', async () => {
    gateway.behave = answering(500);
    const phone = ownPhone();
    const { dossierId } = await desk.receive(withPhone(phone));
    await inVain(dossierId, 1, 'HTTP 500');
    expect(await entriesOf(dossierId)).toEqual([]);

    gateway.recover();
    await pauseOver(dossierId);

    expect(await settled(dossierId)).toMatchObject([{ state: 'sent', attempts: 2, lastAnswer: null }]);
    expect(messagesTo(phone).map(({ id }) => id)).toEqual(Array(2).fill(`${dossierId}.1.received`));
    expect(await entriesOf(dossierId)).toHaveLength(1);
  });

  test('how it ended is heard live: by its entry alone the feed moves', async () => {
    const position = async () => (await desk.asService('gateway', 'GET', '/feed-position')).body.position as number;
    const settledFeed = () =>
      eventually(async () => {
        expect(await desk.rows('select 1 from desk.unfed')).toEqual([]);
        return position();
      }, patience);
    gateway.behave = answering(500);
    const { dossierId } = await desk.receive(withPhone(ownPhone()));
    await inVain(dossierId, 1, 'HTTP 500');
    const before = await settledFeed();

    gateway.recover();
    await pauseOver(dossierId);
    await settled(dossierId);

    await eventually(async () => expect(await position()).toBeGreaterThan(before), patience);
    const { body } = await desk.asClock('GET', `/feed?after=${before}`);
    const [entry] = await entriesOf(dossierId);
    expect(body.entries.map((one: any) => [one.stream, one.sequence])).toContainEqual(['notices', entry!.sequence]);
  });

  test('a line cut after acceptance makes a repeat that can be told by its id', async () => {
    gateway.behave = droppingAfterAcceptance;
    const phone = ownPhone();
    const { dossierId } = await desk.receive(withPhone(phone));
    await inVain(dossierId, 1, expect.any(String));

    gateway.recover();
    await pauseOver(dossierId);
    await settled(dossierId);

    expect(new Set(messagesTo(phone).map(({ id }) => id))).toEqual(new Set([`${dossierId}.1.received`]));
  });

  test('a gateway that is away is waited for', async () => {
    await gateway.stop();
    const { dossierId } = await desk.receive(withPhone(ownPhone()));
    await inVain(dossierId, 1, expect.any(String));

    await gateway.listen();
    await pauseOver(dossierId);

    expect(await settled(dossierId)).toMatchObject([{ state: 'sent' }]);
  });

  test('a number that is refused is not tried again', async () => {
    gateway.behave = answering(422);
    const phone = ownPhone();
    const { dossierId } = await desk.receive(withPhone(phone));

    const failed = { state: 'failed', reasonCode: 'address-refused', lastAnswer: 'HTTP 422', attempts: 1 };
    expect(await settled(dossierId)).toMatchObject([failed]);
    expect(messagesTo(phone)).toHaveLength(1);
    const { text } = await metrics();
    expect(text).toMatch(/motcua_notices_failed\{service="desk"\} [1-9]/);
  });

  test('a mailbox that is not there is not tried again; a server that refuses us is', async () => {
    const nowhere = ownMailbox();
    const denied = ownMailbox();
    mails.beforeRecipient = (address) => {
      const message = address === nowhere ? '5.1.1 No such user' : '5.7.1 Relay access denied';
      if (address === nowhere || address === denied) throw Object.assign(new Error(message), { responseCode: 550 });
    };
    const gone = await desk.receive(withMail(nowhere));
    const waiting = await desk.receive(withMail(denied));

    const failed = { state: 'failed', reasonCode: 'address-refused', lastAnswer: '550' };
    expect(await settled(gone.dossierId)).toMatchObject([failed]);
    await inVain(waiting.dossierId, 1, '550');
  });

  test('after a day of attempts it has failed, and is an entry', async () => {
    gateway.behave = answering(503);
    const { dossierId } = await desk.receive(withPhone(ownPhone()));
    await inVain(dossierId, 1, 'HTTP 503');
    await desk.rows('update desk.notice set attempts = 60 where dossier_id = $1', dossierId);
    await pauseOver(dossierId);

    const failed = { state: 'failed', reasonCode: 'not-accepted', attempts: 61 };
    expect(await settled(dossierId)).toMatchObject([failed]);
    expect(await entriesOf(dossierId)).toMatchObject([{ data: { outcome: 'failed', reasonCode: 'not-accepted' } }]);
  });
});

describe('whatever happens to the desk', () => {
  test('one that dies between sending and writing down loses nothing, and repeats with the same id', async () => {
    // Somebody holds the stream, so that it waits with the outcome in its hands; there its connection is cut.
    const holder = await connected();
    await holder.query(`begin; select pg_advisory_xact_lock(hashtext('notices'))`);
    const phone = ownPhone();
    const { dossierId } = await desk.receive(withPhone(phone));
    await eventually(async () => {
      const cut = await desk.rows(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'motcua-desk' and wait_event_type = 'Lock' and query like '%pg_advisory_xact_lock%'`,
      );
      expect(cut).toHaveLength(1);
    }, patience);
    await holder.end();
    expect(messagesTo(phone)).toHaveLength(1);
    expect(await noticesOf(dossierId)).toMatchObject([{ state: 'pending', attempts: 1 }]);

    await pauseOver(dossierId);

    expect(await settled(dossierId)).toMatchObject([{ state: 'sent', attempts: 2 }]);
    expect(messagesTo(phone).map(({ id }) => id)).toEqual(Array(2).fill(`${dossierId}.1.received`));
    expect(await entriesOf(dossierId)).toHaveLength(1);
  });

  test('several senders at once tell each applicant once', async () => {
    const sender = desk.app.get(NoticeSender);
    const phones = Array.from({ length: 20 }, ownPhone);
    const dossiers = await Promise.all(phones.map((phone) => desk.receive(withPhone(phone))));

    await Promise.all(Array.from({ length: 6 }, () => sender.sendNext()));

    for (const { dossierId } of dossiers) expect(await settled(dossierId)).toMatchObject([{ attempts: 1 }]);
    for (const phone of phones) expect(messagesTo(phone)).toHaveLength(1);
    const unchained = await desk.rows(
      `select 1 from (select previous_hash, lag(hash) over (order by sequence) as before from desk.journal
       where stream = 'notices') chained where previous_hash is distinct from before`,
    );
    expect(unchained).toEqual([]);
  });

  test('a sender whose lease another has taken over writes nothing down', async () => {
    gateway.behave = answering(503);
    const { dossierId } = await desk.receive(withPhone(ownPhone()));
    await inVain(dossierId, 1, 'HTTP 503');
    const late = {
      dossierId,
      causeSequence: 1,
      kind: 'received',
      attempts: 0,
      outcome: 'sent',
      means: 'phone',
    } as const;

    await desk.app.get(NoticeBook).settle([late]);

    expect(await noticesOf(dossierId)).toMatchObject([{ state: 'pending', attempts: 1 }]);
    expect(await entriesOf(dossierId)).toEqual([]);
  });
});

test('what was told, to whom and where stands nowhere in clear: not in entries, answers, rows or the log', async () => {
  const rows = await desk.rows(
    `select 1 from desk.journal where body like '%anary%'
     union all select 1 from desk.notice n where n::text like '%anary%'
     union all select 1 from desk.answer where body like '%anary%'`,
  );
  const numbers = gateway.messages.map(({ to }) => to);
  const entries = (await desk.rows('select body from desk.journal')).map(({ body }) => String(body)).join();

  expect(rows).toEqual([]);
  expect(logged.length).toBeGreaterThan(0);
  expect(logged.filter((line) => /anary|secret-of/.test(line))).toEqual([]);
  expect(numbers.filter((number) => entries.includes(number) || logged.join().includes(number))).toEqual([]);
});

test('without a mail server and a gateway nobody is told, and the reason is an entry', async () => {
  const bare = await DeskAtWork.start({ brokers: '127.0.0.1:1' });
  const { dossierId } = await bare.receive(withPhone(ownPhone()));

  await eventually(async () => {
    const { body } = await bare.as('lan', 'GET', `/dossiers/${dossierId}/notices`);
    expect(body.notices).toMatchObject([
      { state: 'not-sent', reasonCode: 'no-channel', attempts: 0, entrySequence: 1 },
    ]);
  }, patience);
  await bare.stop();
});

async function metrics(): Promise<{ text: string }> {
  return { text: await (await fetch(`${desk.url}/metrics`)).text() };
}
