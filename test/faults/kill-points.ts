import { setTimeout as pause } from 'node:timers/promises';
import type { StackService } from '#local';
import type { TrapMoment } from '#testing';
import type { LinkName, Stage } from './stage';

/** A place between a request and its answer at which a process is killed with -9. */
interface KillPoint {
  readonly says: string;
  readonly victim: StackService;
  readonly link: LinkName;
  readonly request: RegExp;
  readonly moment: TrapMoment;
}

const command = /^COMMIT\n[^]*insert into desk\.answer/;
const rung = /^COMMIT\n(?![^]*insert into desk\.answer)[^]*insert into desk\.escalation/;
/** Of Temporal's calls, those that say which dossier: starts and signals, and not the worker's own. */
const telling = /dossier-[0-9a-f-]{36}[^]*json\/plain/;
const taskDone = /escalate[^]*json\/plain/;

/** The points of the specification, by the names it gives them. */
export const killPoints = {
  k1: point('desk', 'desk-postgres', /^START TRANSACTION/, 'before', 'before BEGIN'),
  k2: point('desk', 'desk-postgres', command, 'before', 'before COMMIT'),
  k3: point('desk', 'desk-postgres', command, 'answer withheld', 'COMMIT sent, answer withheld'),
  k4: point('desk', 'people-desk', /^POST \/dossiers/, 'answer withheld', 'committed, HTTP answer lost'),
  k5: point('desk', 'desk-kafka', /^Produce$/, 'before', 'feed positions given, not sent'),
  k6: point('desk', 'desk-kafka', /^Produce$/, 'answer withheld', 'Produce sent, answer lost'),
  k7: point(
    'desk',
    'desk-postgres',
    /^update desk\.feed_progress set sent_position = [$g]/,
    'before',
    'acknowledged, progress not saved',
  ),
  k8: point('clock', 'clock-postgres', /^select heard, heard_hash.* from clock\.watch/, 'before', 'fetched'),
  k9: point('clock', 'clock-temporal', telling, 'answer withheld', 'call sent, answer lost'),
  k9a: point('clock', 'clock-postgres', /^insert into clock\.watch as/, 'before', 'called, told not written'),
  k10: point('clock', 'clock-kafka', /^OffsetCommit$/, 'before', 'told, offset not committed'),
  k11: point('clock', 'clock-kafka', /^SyncGroup$/, 'answer withheld', 'in a rebalance'),
  k12: point('clock', 'clock-temporal', taskDone, 'before', 'in a workflow task'),
  k13: point('clock', 'clock-desk', /^POST .*\/escalations/, 'answer withheld', 'escalate committed, answer lost'),
  k14: point('desk', 'desk-postgres', rung, 'before', 'escalate asked, before its COMMIT'),
  k15: point('clock', 'clock-temporal', taskDone, 'answer withheld', 'while a workflow is replayed'),
  k16: point('oversight', 'oversight-mail', /^end of mail$/, 'before', 'before mail'),
  k17: point('oversight', 'oversight-mail', /^end of mail$/, 'answer withheld', 'mail accepted, not marked'),
  k18: point(
    'oversight',
    'oversight-postgres',
    /^COMMIT\n[^]*UPDATE "oversight"\."delivery"/,
    'before',
    'mail marked, not committed',
  ),
} as const satisfies Record<string, KillPoint>;

export type KillPointName = keyof typeof killPoints;
export const killPointNames = Object.keys(killPoints) as KillPointName[];

/** How long to wait for the request: under load each comes many times in it. */
const springsWithinMs = 75_000;

/** Kills at that point; false when the request did not come in time. */
export async function killAt(stage: Stage, name: KillPointName): Promise<boolean> {
  // A worker that comes anew has no workflow in its cache and replays; a group divides itself anew when somebody joins.
  if (name === 'k15') stage.kill('clock');
  const other = name === 'k11' ? stage.stack.startAnother('clock') : null;
  const sprung = await trapped(stage, killPoints[name]);
  await (await other)?.stop();
  return sprung;
}

async function trapped(stage: Stage, { victim, link, request, moment }: KillPoint): Promise<boolean> {
  const stopped = new AbortController();
  const sprung = new Promise<boolean>((resolve) => {
    stage.links[link].arm({
      matches: (text) => request.test(text),
      moment,
      spring: () => {
        stage.kill(victim);
        resolve(true);
      },
    });
  });
  const late = pause(springsWithinMs, false, { signal: stopped.signal }).catch(() => false);
  const outcome = await Promise.race([sprung, late]);
  stopped.abort();
  stage.links[link].arm(null);
  return outcome;
}

function point(victim: StackService, link: LinkName, request: RegExp, moment: TrapMoment, says: string): KillPoint {
  return { victim, link, request, moment, says };
}
