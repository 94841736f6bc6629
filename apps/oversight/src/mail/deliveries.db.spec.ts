import { randomUUID } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { clockFrom, RemoteRefusal } from '#platform';
import { eventually, MailSink } from '#testing';
import { entryOf, history, hoa, lan } from '../../test/events';
import { oversightDatabase, type OversightDatabase } from '../../test/oversight-database';
import { Desk, type Official } from '../desk/desk';
import { AlertInbox } from '../hearing/alert-inbox';
import { OversightSettings } from '../oversight.settings';
import { AddressBook } from './address-book';
import { Deliveries } from './deliveries';
import { Mailer } from './mailer';

jest.setTimeout(60_000);

let database: OversightDatabase;
let sink: MailSink;
let mailers: Mailer[];

beforeEach(async () => {
  database = await oversightDatabase();
  sink = await MailSink.start();
  mailers = [];
});
afterEach(async () => {
  for (const mailer of mailers) mailer.onApplicationShutdown();
  await sink.stop();
  await database.drop();
});

/** The part of a process that sends mail, over a pool of its own. */
function postOffice(
  options: {
    dataSource?: DataSource;
    smtpUrl?: string | null;
    official?: () => Promise<Official | null>;
    groupAbove?: number;
  } = {},
): Deliveries {
  const { dataSource = database.dataSource, smtpUrl = sink.url, official = hoaAtHome, groupAbove = 5 } = options;
  const settings = Object.assign(new OversightSettings(), {
    MAIL_GROUP_ABOVE: groupAbove,
    ...(smtpUrl !== null && { SMTP_URL: smtpUrl }),
  });
  const mailer = new Mailer(settings);
  mailers.push(mailer);
  const desk = Object.assign(Object.create(Desk.prototype) as Desk, { official });
  return new Deliveries(dataSource, new AddressBook(desk, clockFrom(null)), mailer, settings);
}

const hoaAtHome = () => Promise.resolve({ officialId: 'hoa', name: 'Hoà', email: 'hoa@vinh.example' });

async function escalated(change: Parameters<ReturnType<typeof history>['escalated']>[0] = {}): Promise<string> {
  const id = randomUUID();
  const events = history(id);
  await new AlertInbox(database.dataSource).apply(id, [events.received(), events.escalated(change)].map(entryOf));
  return id;
}

/** Three processes, each with a pool of its own. */
async function threeOffices(options: { groupAbove: number }): Promise<readonly Deliveries[]> {
  const names = ['first', 'second', 'third'];
  return Promise.all(names.map(async (name) => postOffice({ ...options, dataSource: await database.connect(name) })));
}

/** Each with three loops, until nothing is left. */
async function deliverAll(offices: readonly Deliveries[]): Promise<void> {
  await Promise.all(
    offices.flatMap((office) =>
      [1, 2, 3].map(async () => {
        while ((await office.deliverNext()) === 'more');
      }),
    ),
  );
}

async function log() {
  return database.rows('select state, attempts, last_error, sent_at from oversight.delivery order by created_at');
}

/** As if the pause before the next attempt were over. */
async function pauseOver(): Promise<void> {
  await database.rows('update oversight.delivery set next_attempt_at = clock_timestamp()');
}

test('a mail goes to the person told, with the id of its rung, and is marked as sent', async () => {
  const id = await escalated();

  expect(await postOffice().deliverNext()).toBe('more');

  expect(sink.mails).toMatchObject([
    {
      to: ['hoa@vinh.example'],
      messageId: `<${id}.1.overdue@motcua>`,
      subject: 'H41.16-261123-0001: legal limit, due 2026-11-25 17:00',
    },
  ]);
  expect(sink.mails[0]?.raw).toContain('Auto-Submitted: auto-generated');
  expect(sink.mails[0]?.raw).toContain(`POST /alerts/${id}/1/overdue/acknowledgement`);
  expect(await log()).toEqual([{ state: 'sent', attempts: 1, last_error: null, sent_at: expect.any(Date) as Date }]);
  expect(await postOffice().deliverNext()).toBe('idle');
});

test('the official responsible is not asked to acknowledge, which is for the head', async () => {
  await escalated({ addressee: lan });

  await postOffice().deliverNext();

  expect(sink.mails[0]?.raw).toContain('What to do: settle the case, hand it over, or ask the head for an');
  expect(sink.mails[0]?.raw).not.toContain('acknowledgement');
});

test('without a mail server nothing is sent, and the log says why', async () => {
  await escalated();

  await postOffice({ smtpUrl: null }).deliverNext();

  expect(await log()).toMatchObject([{ state: 'not-sent', last_error: 'No mail server is set (SMTP_URL).' }]);
});

test('a vacant post gets no mail, and the log says why', async () => {
  await escalated({ addressee: { ...hoa, officialId: null } });

  await postOffice().deliverNext();

  expect(await log()).toMatchObject([{ state: 'not-sent', last_error: 'The post was vacant.' }]);
});

test.each([
  ['has no address', () => Promise.resolve({ officialId: 'hoa', name: 'Hoà', email: null })],
  ['is not known to desk', () => Promise.resolve(null)],
])('an official who %s gets no mail, and the log says why', async (_, official) => {
  await escalated();

  await postOffice({ official }).deliverNext();

  const reason = 'The official has no mail address on record.';
  expect(await log()).toMatchObject([{ state: 'not-sent', last_error: reason }]);
  expect(sink.mails).toEqual([]);
});

test('what nobody can act upon any more is not sent', async () => {
  const id = randomUUID();
  const events = history(id);
  const entries = [events.received(), events.escalated(), events.acknowledged()].map(entryOf);
  await new AlertInbox(database.dataSource).apply(id, entries);

  await postOffice().deliverNext();

  const reason = 'The alert was acknowledged before a mail was known to be out.';
  expect(await log()).toMatchObject([{ state: 'not-sent', last_error: reason }]);
  expect(sink.mails).toEqual([]);
});

test('a mail that is refused is tried again later, with the same id, and the log shows it without the address', async () => {
  await escalated();
  sink.beforeAccepting = ({ to }) => {
    throw new Error(`mailbox of ${to.join()} is full`);
  };
  const office = postOffice();
  await office.deliverNext();
  expect(await log()).toMatchObject([
    { state: 'pending', attempts: 1, last_error: expect.stringContaining('mailbox of (address) is full') as string },
  ]);
  expect(await office.deliverNext()).toBe('idle');

  sink.beforeAccepting = () => undefined;
  await pauseOver();
  await office.deliverNext();

  expect(sink.mails).toHaveLength(1);
  expect(await log()).toMatchObject([{ state: 'sent', attempts: 2, last_error: null }]);
});

test('a mail server that is away, or a desk that does not answer, is tried again later', async () => {
  await escalated();
  const problem = { url: 'desk', status: null, code: 'REMOTE_UNAVAILABLE', detail: 'gave no answer', problem: null };
  const away = () => Promise.reject(new RemoteRefusal({ ...problem, kind: 'unavailable' }));
  await postOffice({ official: away }).deliverNext();
  expect(await log()).toMatchObject([{ state: 'pending', attempts: 1, last_error: 'desk: gave no answer' }]);

  await sink.stop();
  await pauseOver();
  await postOffice().deliverNext();
  expect(await log()).toMatchObject([{ state: 'pending', attempts: 2 }]);

  await sink.listen();
  await pauseOver();
  await postOffice().deliverNext();
  expect(await log()).toMatchObject([{ state: 'sent', attempts: 3 }]);
});

test('after a day of attempts the mail has failed, and is tried no more', async () => {
  await escalated();
  await database.rows('update oversight.delivery set attempts = 40');
  await sink.stop();

  await postOffice().deliverNext();
  await pauseOver();

  expect(await log()).toMatchObject([{ state: 'failed', attempts: 41 }]);
  expect(await postOffice().deliverNext()).toBe('idle');
  await sink.listen();
});

test('several processes at once send each mail once', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => escalated()));
  const offices = await threeOffices({ groupAbove: 100 });

  await deliverAll(offices);

  expect(sink.mails.map(({ messageId }) => messageId).sort()).toEqual(
    ids.map((id) => `<${id}.1.overdue@motcua>`).sort(),
  );
});

test('a process that dies after the mail was accepted and before it was marked sends it again with the same id', async () => {
  const id = await escalated();
  const dying = postOffice({ dataSource: await database.connect('dying-process') });
  sink.beforeAccepting = async () => {
    sink.beforeAccepting = () => undefined;
    const ended = await database.rows(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity
       where application_name = 'dying-process' and state = 'idle in transaction'`,
    );
    expect(ended).toHaveLength(1);
  };

  await expect(dying.deliverNext()).rejects.toThrow();
  expect(sink.mails).toHaveLength(1);
  expect(await log()).toMatchObject([{ state: 'pending', attempts: 0 }]);
  await eventually(async () => expect(await postOffice().deliverNext()).toBe('more'));

  const messageId = `<${id}.1.overdue@motcua>`;
  expect(sink.mails).toMatchObject([{ messageId }, { messageId }]);
  expect(await log()).toMatchObject([{ state: 'sent' }]);
});

describe('when many wait for one person', () => {
  test('they go as one mail, what is due first on top, and each is marked as sent with it', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => escalated()));
    await database.rows(`update oversight.alert set of_due_at = '2026-11-24T10:00:00Z' where dossier_id = $1`, ids[7]);

    await deliverAll(await threeOffices({ groupAbove: 5 }));

    expect(sink.mails).toMatchObject([
      {
        to: ['hoa@vinh.example'],
        messageId: expect.stringMatching(/^<[0-9a-f]{64}\.group@motcua>$/),
        subject: '12 alerts, the first legal limit, due 2026-11-24 17:00',
      },
    ]);
    const { text, messageId } = sink.mails[0]!;
    const places = ids.map((id) => text.indexOf(id));
    expect(Math.min(...places)).toBe(places[7]);
    for (const id of ids) expect(text).toContain(`POST /alerts/${id}/1/overdue/acknowledgement`);
    const rows = await database.rows('select distinct state, sent_with, attempts from oversight.delivery');
    expect(rows).toEqual([{ state: 'sent', sent_with: messageId.slice(1, -1), attempts: 1 }]);
  });

  test('as many as the setting says still go each by itself', async () => {
    for (let count = 0; count < 5; count += 1) await escalated();

    await deliverAll([postOffice()]);

    expect(sink.mails).toHaveLength(5);
  });

  test('others get their own mails', async () => {
    for (let count = 0; count < 6; count += 1) await escalated();
    await escalated({ addressee: lan });

    await deliverAll([postOffice()]);

    expect(sink.mails.map(({ subject }) => subject).sort()).toEqual([
      expect.stringMatching(/^6 alerts/),
      expect.stringMatching(/^H41\.16-261123-0001: legal limit/),
    ]);
  });

  test('refused, it is tried again with the same id and the same alerts, but for those answered since', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => escalated()));
    const arrived: string[] = [];
    sink.beforeAccepting = ({ messageId }) => {
      arrived.push(messageId);
      throw new Error('mailbox is full');
    };
    await deliverAll([postOffice()]);
    expect(await log()).toMatchObject(Array(6).fill({ state: 'pending', attempts: 1 }));

    sink.beforeAccepting = () => undefined;
    await database.rows(`update oversight.alert set state = 'acknowledged' where dossier_id = $1`, ids[0]);
    const later = await escalated();
    await pauseOver();
    await deliverAll([postOffice()]);

    expect(arrived).toHaveLength(1);
    const [first, second] = sink.mails.map(({ messageId }) => messageId).sort();
    expect(new Set([first, second])).toEqual(new Set([arrived[0], `<${later}.1.overdue@motcua>`]));
    const group = sink.mails.find(({ messageId }) => messageId === arrived[0])!;
    expect(group.subject).toMatch(/^5 alerts/);
    expect(group.text).not.toContain(ids[0]);
  });

  test('a process that dies after it was accepted repeats it under the same id', async () => {
    for (let count = 0; count < 6; count += 1) await escalated();
    const dying = postOffice({ dataSource: await database.connect('dying-process') });
    sink.beforeAccepting = async () => {
      sink.beforeAccepting = () => undefined;
      await database.rows(
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity
         where application_name = 'dying-process' and state = 'idle in transaction'`,
      );
    };
    expect(await dying.deliverNext()).toBe('more');
    await expect(dying.deliverNext()).rejects.toThrow();
    await escalated();

    await eventually(async () => {
      await deliverAll([postOffice()]);
      expect(await log()).toMatchObject(Array(7).fill({ state: 'sent' }));
    });

    const [group, ...others] = sink.mails.map(({ messageId }) => messageId);
    expect(others).toHaveLength(2);
    expect(others).toContain(group);
  });
});

test('the log is read by state, oldest first, page by page', async () => {
  for (let count = 0; count < 3; count += 1) await escalated();
  const office = postOffice({ smtpUrl: null });
  await office.deliverNext();

  const first = await office.page({ state: 'pending', after: null, limit: 1 });
  const second = await office.page({ state: 'pending', after: first[0]?.messageId ?? '', limit: 5 });

  expect(first).toHaveLength(1);
  expect(second).toHaveLength(1);
  expect(second[0]?.messageId).not.toBe(first[0]?.messageId);
  expect(await office.page({ state: 'not-sent', after: null, limit: 5 })).toHaveLength(1);
});
