import {
  allHandlersFinished,
  condition,
  continueAsNew,
  defineSignal,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { JournalEntry, OpenRung, Verdict } from '#contracts';
import type { DossierActivities, WatchOrder } from './activities';
import { eventsSignal, finalFailures } from './names';
import { nextRung, summaryOf, watchAfter, type DossierSummary, type Watch } from './watch';

const events = defineSignal<[readonly JournalEntry[]]>(eventsSignal);

const { escalate, missingEntries } = proxyActivities<DossierActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { maximumInterval: '1 minute', nonRetryableErrorTypes: Object.values(finalFailures) },
});

/** A run's history is kept far below the server's limit of 51,200 events. */
const longHistory = 2_000;

/** How long to wait after a verdict that changed nothing: only a defect gives one, and it must not spin. */
const idleVerdictWaitMs = 60_000;

/**
 * Watches one dossier from its first rung to its end.
 *
 * - WATCHING: the next rung lies ahead; its instant, or anything heard, ends the wait.
 * - ESCALATING: the instant has come; `desk` decides whether the rung fell due unmet, and records it.
 * - ENDED: returned, refused, withdrawn or stopped, and everything heard is applied. A ladder used up ends nothing.
 *
 * The instants arrive computed: holidays and time zones change, and replay must not.
 */
export async function dossier(order: WatchOrder): Promise<DossierSummary> {
  const heard: JournalEntry[] = [...order.entries];
  const anythingHeard = (): boolean => heard.length > 0;
  // Never an async handler: what the server accepted before the run closes must be in `heard` before the loop looks.
  setHandler(events, (entries) => {
    heard.push(...entries);
  });

  let watch = order.watch;
  let patience: Patience | null = null;
  for (;;) {
    const after = watchAfter(watch, heard.splice(0));
    watch = after.watch;
    if (after.missesEntries) {
      heard.push(...(await missingEntries(watch.dossierId, watch.lastSequence)));
      continue;
    }
    if (watch.endedAt !== null) {
      await condition(allHandlersFinished);
      return summaryOf(watch);
    }
    if (isLong()) await continueAsNew<typeof dossier>({ watch, entries: [] });

    const rung = nextRung(watch);
    if (rung === null) await condition(anythingHeard);
    else if (await hasCome(askAtMs(rung, patience), anythingHeard)) {
      const verdict = await escalate(watch.dossierId, askFor(watch, rung));
      heard.push(...verdict.entries);
      patience = { rung, untilMs: Date.now() + waitMsAfter(verdict) };
    }
  }
}

/** `desk` was asked about this rung and wants to be asked again, but not before. */
interface Patience {
  readonly rung: OpenRung;
  readonly untilMs: number;
}

function askAtMs(rung: OpenRung, patience: Patience | null): number {
  const wakeAtMs = Date.parse(rung.wakeAt);
  return patience?.rung === rung ? Math.max(wakeAtMs, patience.untilMs) : wakeAtMs;
}

/** True when the instant came (or lies behind us) before anything was heard. */
async function hasCome(instantMs: number, anythingHeard: () => boolean): Promise<boolean> {
  const aheadMs = instantMs - Date.now();
  return aheadMs <= 0 || !(await condition(anythingHeard, aheadMs));
}

function askFor({ schedule, lastSequence, lastHash }: Watch, rung: OpenRung): Parameters<typeof escalate>[1] {
  return { generation: schedule.generation, rung: rung.name, lastSequence, lastHash };
}

function waitMsAfter(verdict: Verdict): number {
  if (verdict.outcome === 'not-yet') return verdict.waitMs;
  return verdict.entries.length === 0 ? idleVerdictWaitMs : 0;
}

function isLong(): boolean {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  return continueAsNewSuggested || historyLength > longHistory;
}
