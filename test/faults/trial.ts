import { setTimeout as pause } from 'node:timers/promises';
import { decideInvariants } from '../../apps/cli/src/verify/invariants';
import type { Verdict } from '../../apps/cli/src/verify/invariants/verdict';
import { gather } from '../../apps/cli/src/verify/gather';
import { holds } from '../../apps/cli/src/verify/verify';
import type { Fault } from './faults';
import { People, type Outcome } from './people';
import { Random } from '../../apps/cli/src/demo/random';
import { decideMail, decidePromptness, decideRecord } from './record';
import { Stage } from './stage';

const catchesUpWithinMs = 120_000;

/** A fault as it was injected. */
export interface Injected {
  readonly says: string;
  /** Seconds since the trial began. */
  readonly atS: number;
  /** False when what it waited for did not come: then nothing happened. */
  readonly happened: boolean;
}

/** An office at work on a stack to which things happen. */
export class Trial {
  readonly injected: Injected[] = [];
  /** Of each time, the seconds from the end of all faults until every invariant held. */
  readonly caughtUpAfterS: number[] = [];
  private readonly beganAt = performance.now();

  private constructor(
    readonly stage: Stage,
    readonly people: People,
    private readonly count: number,
  ) {}

  static async begin(options: {
    readonly dataFolder: string;
    readonly seed: number;
    readonly people: number;
    readonly report: (step: string) => void;
  }): Promise<Trial> {
    const stage = await Stage.open(options.dataFolder, options.report);
    // People draw from numbers of their own, so that the faults of a seed do not depend on how fast people are.
    const people = await People.of(stage.stack, stage.links['people-desk'].address, new Random(options.seed + 1));
    return new Trial(stage, people, options.people);
  }

  work(): void {
    this.people.work(this.count);
  }

  async inject(fault: Fault): Promise<Injected> {
    const atS = (performance.now() - this.beganAt) / 1_000;
    const injected = { says: fault.says, atS, happened: await fault.inject(this.stage) };
    this.injected.push(injected);
    return injected;
  }

  /**
   * Ends every fault, lets people finish, and decides all invariants until they hold or the time to catch up is over. What
   * time cannot mend is never decided again. @throws what keeps them from being decided
   */
  async settle(): Promise<readonly Verdict[]> {
    await this.stage.heal();
    const healedAt = performance.now();
    const isLate = () => performance.now() - healedAt > catchesUpWithinMs;
    const late = setTimeout(() => this.people.leave(), catchesUpWithinMs);
    await this.people.finish();
    clearTimeout(late);
    for (;;) {
      const verdicts = await this.decide().catch((error: unknown) => {
        if (isLate()) throw error;
        return []; // A server that comes back refuses for a while.
      });
      const hasCaughtUp = verdicts.length > 0 && holds(verdicts);
      if (hasCaughtUp) this.caughtUpAfterS.push((performance.now() - healedAt) / 1_000);
      if (hasCaughtUp || isHarmed(verdicts) || isLate()) return [...verdicts, this.caughtUp(hasCaughtUp)];
      await pause(2_000);
    }
  }

  private caughtUp(hasCaughtUp: boolean): Verdict {
    const says = `everything has caught up ${catchesUpWithinMs / 1_000} s after the last fault`;
    const offenders = hasCaughtUp ? [] : ['the last time'];
    return { id: 'live', says, checked: this.caughtUpAfterS.length + offenders.length, offenders };
  }

  outcomes(): Readonly<Record<Outcome, number>> {
    const counts = { acknowledged: 0, refused: 0, unknown: 0 };
    for (const { outcome } of this.people.remembered) counts[outcome] += 1;
    return counts;
  }

  async close(): Promise<void> {
    this.people.leave();
    await this.stage.close();
  }

  private async decide(): Promise<readonly Verdict[]> {
    const { stack, mail } = this.stage;
    const evidence = await gather(stack);
    return [
      ...(await decideRecord(stack, this.people.remembered)),
      ...decideInvariants(evidence),
      decidePromptness(evidence),
      await decideMail(stack, mail),
    ];
  }
}

/** Invariants that wait for what is still on its way: told, heard, shown, sent. */
const mayStillCome = new Set(['I4', 'I5', 'I6', 'I14', 'I15', 'mail']);

/** What is broken and would stay so, or be covered up: a receipt lost, a rung too many, a chain that does not hold. */
function isHarmed(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ id, offenders }) => !mayStillCome.has(id) && offenders.length > 0);
}
