import type { Sending } from './send-file';
import { UploadQueue, type Send } from './upload-queue';

/** One call of `send` that the test answers. */
interface Call {
  readonly name: string;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
}

let calls: Call[];
let queue: UploadQueue;

beforeEach(() => {
  calls = [];
  const send: Send = ({ key: name }, watching) =>
    new Promise((done, fail) => {
      watching.signal.addEventListener('abort', () => fail(new Error('aborted')));
      calls.push({ name, ...watching, done, fail });
    });
  queue = new UploadQueue(send);
  queue.add(['a', 'b', 'c', 'd'].map((key) => ({ key }) as Sending));
});

const settled = () => new Promise((resolve) => setImmediate(resolve));
const stages = () => queue.uploads().map(({ sending, stage }) => `${sending.key} ${stage}`);

test('two are sent at once, the others in their order, each when one before it is done', async () => {
  expect(stages()).toEqual(['a sending', 'b sending', 'c waiting', 'd waiting']);
  calls[1]?.done();
  await settled();
  expect(stages()).toEqual(['a sending', 'c sending', 'd waiting']);
  for (const { done } of calls) done();
  await settled();
  calls.at(-1)?.done();
  await settled();
  expect([stages(), calls.map(({ name }) => name)]).toEqual([[], ['a', 'b', 'c', 'd']]);
});

test('one that fails stays with its reason and holds up no other; sent again it waits behind them', async () => {
  calls[0]?.fail('refused');
  await settled();
  expect(queue.uploads()[0]).toMatchObject({ stage: 'failed', error: 'refused' });
  expect(stages()).toEqual(['a failed', 'b sending', 'c sending', 'd waiting']);
  queue.retry('a');
  expect(stages()).toEqual(['b sending', 'c sending', 'd waiting', 'a waiting']);
  expect(queue.uploads().at(-1)).toMatchObject({ share: 0, error: null });
});

test('one that is taken out is stopped, on its way or not, and the next goes at once', async () => {
  queue.forget('a');
  queue.forget('c');
  expect(calls[0]?.signal.aborted).toBe(true);
  await settled();
  expect(stages()).toEqual(['b sending', 'd sending']);
});

test('each has its own progress, and who watches hears of it', () => {
  let heard = 0;
  const end = queue.watch(() => (heard += 1));
  calls[1]?.onProgress(0.5);
  expect(queue.uploads().map(({ share }) => share)).toEqual([0, 0.5, 0, 0]);
  end();
  calls[0]?.onProgress(0.1);
  expect(heard).toBe(1);
});
