import { draftsOf, dropAllDrafts, startSweepingDrafts } from './drafts';

const hourMs = 3_600_000;
const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      kept.set(key, value);
      Object.assign(storage, { [key]: value }); // Its keys are those of the object, as in a browser.
    },
    removeItem: (key: string) => {
      kept.delete(key);
      Reflect.deleteProperty(storage, key);
    },
  };
  for (const name of ['getItem', 'setItem', 'removeItem']) Object.defineProperty(storage, name, { enumerable: false });
  Object.assign(globalThis, { localStorage: storage });
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
  Reflect.deleteProperty(globalThis, 'localStorage');
});

test('a draft outlives an ended session and a weekend, and is gone after three days without a touch', () => {
  const drafts = draftsOf('lan', 'intake');
  drafts.keep({ name: 'An' });
  jest.advanceTimersByTime(71 * hourMs);
  expect(draftsOf('lan', 'intake').read()).toEqual({ name: 'An' });
  drafts.keep({ name: 'An Bình' });
  jest.advanceTimersByTime(71 * hourMs);
  expect(drafts.read()).toEqual({ name: 'An Bình' });

  jest.advanceTimersByTime(2 * hourMs);
  expect(drafts.read()).toBeNull();
});

test('what is too old is removed from the computer, also somebody else’s, and one without an age', () => {
  draftsOf('minh', 'notes').keep({ text: 'x' });
  kept.set('language', 'vi');
  localStorage.setItem('draft/binh/intake', JSON.stringify({ name: 'of an earlier build' }));
  startSweepingDrafts();
  expect([...kept.keys()]).toEqual(['draft/minh/notes', 'language']);

  jest.advanceTimersByTime(73 * hourMs);
  expect([...kept.keys()]).toEqual(['language']);
});

test('a draft that is damaged is none: the console starts, and it is removed', () => {
  localStorage.setItem('draft/lan/intake', '{"touchedMs": 1');
  draftsOf('minh', 'notes').keep({ text: 'x' });
  expect(draftsOf('lan', 'intake').read()).toBeNull();

  startSweepingDrafts();
  expect([...kept.keys()]).toEqual(['draft/minh/notes']);
});

test('who signs out leaves no draft, and takes nobody else’s', () => {
  draftsOf('lan', 'intake').keep({ name: 'An' });
  draftsOf('lan', 'batch').keep({});
  draftsOf('lan2', 'intake').keep({ name: 'Bình' });
  dropAllDrafts('lan');

  expect([...kept.keys()]).toEqual(['draft/lan2/intake']);
});
