import { told } from './use-sending';

async function toldOf(work: () => Promise<void>) {
  const heard: object[] = [];
  await told(work, (sending) => heard.push(sending));
  return heard;
}

test('an old refusal is gone while the work is under way, and nothing is left of what went well', async () => {
  expect(await toldOf(() => Promise.resolve())).toEqual([
    { isSending: true, refusal: null },
    { isSending: false, refusal: null },
  ]);
});

test('what the work throws is told once it is over', async () => {
  const refusal = new Error('no');
  expect(await toldOf(() => Promise.reject(refusal))).toEqual([
    { isSending: true, refusal: null },
    { isSending: false, refusal },
  ]);
});
