import { setTimeout as pause } from 'node:timers/promises';
import type { Tokens } from '../carrying/tokens';
import { GatewaySettings } from '../gateway.settings';
import type { Sessions } from '../sessions/sessions';
import { AlertFeed } from './alert-feed';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn() }));

/* When the streams of browsers come back to an oversight that was away. */

afterEach(() => jest.restoreAllMocks());

/** How long a feed pauses after each of these answers of oversight, where chance is that much. */
async function pausesAfter(answers: readonly (() => Promise<Response>)[], chance: number): Promise<readonly number[]> {
  jest.spyOn(Math, 'random').mockReturnValue(chance);
  const ends = new AbortController();
  const pauses: number[] = [];
  jest.mocked(pause).mockImplementation((ms) => {
    pauses.push(ms!);
    if (pauses.length === answers.length) ends.abort();
    return Promise.resolve(undefined);
  });
  const left = [...answers];
  jest.spyOn(globalThis, 'fetch').mockImplementation(() => left.shift()!());
  const feed = new AlertFeed(
    Object.assign(new GatewaySettings(), { OVERSIGHT_URL: 'http://127.0.0.1:1' }),
    { find: () => Promise.resolve({}) } as unknown as Sessions,
    { callerOf: () => Promise.resolve({ token: 'a token' }) } as unknown as Tokens,
    { warn: jest.fn() } as unknown as ConstructorParameters<typeof AlertFeed>[3],
  );
  await feed.follow({ hash: 'a session', lastEventId: undefined, say: jest.fn(), signal: ends.signal });
  return pauses;
}

const away = () => Promise.resolve(new Response(null, { status: 503 }));
const refused = () => Promise.reject(new TypeError('fetch failed'));
const tells = () => Promise.resolve(new Response('event: alert\nid: 8\ndata: {}\n\n'));

test('each failure in a row doubles the window of the pause, up to a minute, whatever the failure', async () => {
  expect(await pausesAfter([away, refused, away, refused, away, away, refused, away], 1)).toEqual([
    2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000,
  ]);
});

test('somewhere in it, so that not all come back in one moment, and never sooner than a second', async () => {
  expect(await pausesAfter([away, away, away], 0.5)).toEqual([1_500, 2_500, 4_500]);
  expect(await pausesAfter([away, away, away], 0)).toEqual([1_000, 1_000, 1_000]);
});

test('what was told ends the row, and a stream that ended by itself is opened again after a second', async () => {
  expect(await pausesAfter([away, away, tells, away], 1)).toEqual([2_000, 4_000, 1_000, 2_000]);
});
