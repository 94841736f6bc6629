import { Worker, type ReplayError } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { bundleCode } from './build/bundle-code';
import { goldenFiles, lifeIn, readGolden, recordedLives } from '../test/golden-histories';
import { quietTemporal } from '../test/stage';

jest.setTimeout(60_000);

let released: string;

beforeAll(async () => {
  quietTemporal();
  released = (await bundleCode()).code;
});

type Refusal = ReplayError | DeterminismViolationError;

/** Replays golden histories through workflow code, one after the other; the files it refuses, and why. */
async function refusals(code: string, files: readonly string[]): Promise<ReadonlyMap<string, Refusal>> {
  const histories = files.map((file) => ({ workflowId: file, history: readGolden(file) }));
  const refused = new Map<string, Refusal>();
  let replayed = 0;
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: { code } }, histories)) {
    replayed += 1;
    if (error) refused.set(workflowId, error);
  }
  expect(replayed).toBe(files.length);
  return refused;
}

function fileOf(life: (typeof recordedLives)[number]): string {
  return goldenFiles().find((file) => lifeIn(file) === life) ?? life;
}

describe('the gate', () => {
  test.each(goldenFiles())('lets the workflow pass that lives %s again', async (file) => {
    expect(await refusals(released, [file])).toEqual(new Map());
  });

  test('asks for every life that was ever recorded, each once', () => {
    const lives = goldenFiles().map(lifeIn);

    expect(lives).toEqual([...new Set(lives)]);
    expect(lives).toEqual(expect.arrayContaining([...recordedLives]));
  });
});

describe('a change of the workflow', () => {
  test('that does something new before all else is refused by every life', async () => {
    const { code } = await bundleCode(require.resolve('../test/hasty.workflow'));
    const refused = await refusals(code, goldenFiles());

    expect([...refused.keys()]).toEqual(goldenFiles());
    for (const error of refused.values()) expect(error).toBeInstanceOf(DeterminismViolationError);
  });

  test('passes when it is patched in: a run that began before it goes on as it began', async () => {
    const { code } = await bundleCode(require.resolve('../test/patched.workflow'));

    expect(await refusals(code, goldenFiles())).toEqual(new Map());
  });

  test.each([
    ['a shorter limit of the history', /longHistory = 2_?000;/, 'longHistory = 1000;', 'continues-as-new'],
    ['no wait after an idle verdict', /idleVerdictWaitMs = 60_?000;/, 'idleVerdictWaitMs = 0;', 'idle-verdict'],
    ['no question for what is missing', /if \(after\.missesEntries\)/, 'if (false)', 'gap'],
  ] as const)('of one line (%s) is refused by the life it is about', async (_what, line, changed, life) => {
    const code = released.replace(line, changed);

    expect(code).not.toBe(released);
    expect([...(await refusals(code, goldenFiles())).keys()]).toEqual([fileOf(life)]);
  });

  test('of the length of a wait passes: a replay compares what is asked for, not for how long', async () => {
    const code = released.replace(/idleVerdictWaitMs = 60_?000;/, 'idleVerdictWaitMs = 30000;');

    expect(code).not.toBe(released);
    expect(await refusals(code, [fileOf('idle-verdict')])).toEqual(new Map());
  });
});
