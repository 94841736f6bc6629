import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { instantOnWall, parseWorkCalendar } from '#calendar';
import { eventually } from '#testing';
import { DeskAtWork, type Reply } from '../../test/desk-at-work';

jest.setTimeout(60_000);

/* What is killed in the middle of a page goes on, whatever the operation does. On a real database. */

const vietNam = parseWorkCalendar(
  JSON.parse(readFileSync(join(__dirname, '../../../../catalogue/calendars/vn-office.json'), 'utf8')),
);

let desk: DeskAtWork;

beforeEach(async () => {
  const mapped = instantOnWall(vietNam, '2026-11-20 09:00');
  desk = await DeskAtWork.start({ brokers: '127.0.0.1:1', timeMap: { mapped, speed: 1 } });
}, 60_000);

afterEach(() => desk.stop());

/** A page whose connection is killed while it waits for one dossier. */
async function killedAt(dossierId: string, page: () => Promise<Reply>): Promise<Reply> {
  await desk.rows('begin');
  await desk.rows('select 1 from desk.dossier where dossier_id = $1 for update', dossierId);
  const reply = page();
  await eventually(async () => {
    const waiting = 'select pid from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))';
    expect(await desk.rows(`select pg_terminate_backend(pid) from (${waiting}) page`)).not.toEqual([]);
  });
  await desk.rows('commit');
  return reply;
}

test.each([
  [
    'work-transfers',
    'dossier-reassigned',
    { reasonCode: 'official-left', fromOfficialId: 'lan', to: { officialId: 'son', postId: 'do-luong-land-officer' } },
  ],
  ['recomputations', 'dossier-recomputed', { decision: 'apply', legalBasis: 'Decree on Culture Day' }],
])(
  '%s: a page killed half-way keeps what it has done; sent again it does the rest, once',
  async (path, type, asked) => {
    const received = await Promise.all([1, 2, 3].map(() => desk.receive()));
    const [first, second, third] = received.map(({ dossierId }) => dossierId).sort();
    const days = vietNam.days.filter(({ date }) => date !== '2026-11-24');
    await desk.as('quang', 'POST', '/catalogue', {
      calendars: [{ ...vietNam, version: `for-${path}`, days }],
      procedures: [],
    });
    const operationId = randomUUID();
    expect((await desk.as('quang', 'POST', `/${path}`, { operationId, ...asked })).status).toBe(200);
    const page = () => desk.as('quang', 'POST', `/${path}/${operationId}/pages`, {});
    const done = async () => {
      const entries = 'select stream from desk.journal where type = $1 and body like $2 order by stream';
      return (await desk.rows(entries, type, `%${operationId}%`)).map(({ stream }) => stream);
    };

    expect(await killedAt(second!, page)).toMatchObject({ status: 503 });
    expect(await done()).toEqual([first]);

    expect((await page()).body).toMatchObject({ moved: 2, next: null });
    expect((await page()).body).toMatchObject({ moved: 0, next: null });
    expect(await done()).toEqual([first, second, third]);
  },
);
