import type { Channel } from '#contracts';
import type { CommandName } from '#domain';
import { LocalProblem } from '#local';
import type { DossierAttribute, LogMapping } from './log-mapping';
import { postIdOf, type LogCatalogue } from './log-catalogue';
import type { XesEvent, XesLog, XesTrace } from './xes-reader';

/** One command as it will be sent, when the mapped now reaches `at`. Instants are UTC. */
export interface PlannedCommand {
  /** When it is sent. */
  readonly at: string;
  /** The trace it belongs to, by its place in the file. */
  readonly trace: number;
  /** Unique within the trace, and the same in every run: with trace and file it makes the Idempotency-Key. */
  readonly part: string;
  /** A command, or what is written on a dossier beside its commands. */
  readonly name: CommandName | 'messages' | 'notes';
  /** Of something past it says when it happened (`occurredAt`). */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Something of the log that becomes no command, and why. */
export interface LeftOut {
  readonly dossier: string;
  readonly line: number;
  readonly at: string | null;
  readonly why: 'before the intake' | 'after the end' | 'attribute missing';
  readonly detail: string;
}

/** What a log comes to as commands, in the log's own order of time. */
export interface Plan {
  readonly commands: readonly PlannedCommand[];
  readonly leftOut: readonly LeftOut[];
  /** The earliest and the latest instant of the log: start dates, end dates, events. */
  readonly firstInstant: string;
  readonly lastInstant: string;
}

/** What a trace must say to become a dossier. */
const needed = ['startedAt', 'appointmentAt', 'legalDueAt', 'responsible'] as const satisfies DossierAttribute[];

/** Plans a log's commands. Every trace becomes a dossier, or stands in `leftOut`; so does every event that is no command. */
export function planOf(log: XesLog, mapping: LogMapping, catalogue: LogCatalogue): Plan {
  const lives = log.traces.map((trace) => lifeOf(trace, mapping, catalogue));
  const commands = lives.flatMap((life) => life.commands);
  const instants = log.traces.flatMap((trace) => instantsOf(trace, mapping)).sort();
  const [firstInstant] = instants;
  const lastInstant = instants.at(-1);
  if (firstInstant === undefined || lastInstant === undefined) {
    throw new LocalProblem(
      `The log holds no "${mapping.dossier.startedAt}" and no "${mapping.event.at}".`,
      'Name the attributes it has in a file for --mapping.',
    );
  }
  return {
    // Stable: what happens at one instant keeps the order of the file.
    commands: commands.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0)),
    leftOut: lives.flatMap((life) => life.leftOut),
    firstInstant,
    lastInstant,
  };
}

type Life = Pick<Plan, 'commands' | 'leftOut'> & { readonly commands: PlannedCommand[] };

function lifeOf(trace: XesTrace, mapping: LogMapping, catalogue: LogCatalogue): Life {
  const says = (what: DossierAttribute) => trace.attributes.get(mapping.dossier[what]);
  const missing = needed.filter((what) => says(what) === undefined).map((what) => mapping.dossier[what]);
  const startedAt = says('startedAt');
  const responsible = says('responsible');
  if (missing.length > 0 || startedAt === undefined || responsible === undefined) {
    return { commands: [], leftOut: [leftOut(trace, mapping, 'attribute missing', missing.join(', '), null)] };
  }
  const endedAt = says('endedAt');
  const endsBeforeStart = endedAt !== undefined && endedAt < startedAt;
  const handling = handlingOf(trace, mapping, { startedAt, endedAt: endsBeforeStart ? undefined : endedAt });
  const office = catalogue.officeOf(says('department'));
  const holder = (official: string) => {
    const officialId = catalogue.officialOf(official);
    return { officialId, postId: postIdOf(office, officialId) };
  };
  const command = (
    name: PlannedCommand['name'],
    part: string,
    occurredAt: string,
    body: object = {},
    at = occurredAt,
  ): PlannedCommand => ({ at, trace: trace.position, part, name, body: { ...body, occurredAt } });

  const receipt = command('receive', 'intake', startedAt, {
    procedureCode: mapping.procedure.code,
    channel: channelOf(trace, mapping),
    responsible: holder(responsible),
    given: { appointmentAt: says('appointmentAt'), legalDueAt: says('legalDueAt') },
  });
  const result = { result: 'granted' };
  // An end before the start is sent as the log has it, at once after the intake: `desk` refuses it, and that is shown.
  const wrongEnd = endsBeforeStart ? [command('mark-processed', 'processed', endedAt, result, startedAt)] : [];
  const handOvers = changesOfHolder(responsible, handling.events).map(({ position, at, official }) =>
    command('hand-over', `event-${position}`, at, { to: holder(official) }),
  );
  const end =
    endedAt === undefined || endsBeforeStart
      ? []
      : [
          command('mark-processed', 'processed', endedAt, result),
          command('return', 'returned', endedAt, { to: 'applicant', proof: 'signature' }),
        ];
  return { commands: [receipt, ...wrongEnd, ...handOvers, ...end], leftOut: handling.leftOut };
}

/** An event of the log that lies within its dossier's life. */
interface Act {
  readonly position: number;
  readonly at: string;
  readonly official: string;
}

/** The events between intake and end in order of time, and those that lie outside. */
function handlingOf(
  trace: XesTrace,
  mapping: LogMapping,
  { startedAt, endedAt }: { readonly startedAt: string; readonly endedAt: string | undefined },
): { readonly events: readonly Act[]; readonly leftOut: readonly LeftOut[] } {
  const events: Act[] = [];
  const out: LeftOut[] = [];
  trace.events.forEach((event, index) => {
    const at = event.attributes.get(mapping.event.at);
    const official = event.attributes.get(mapping.event.official);
    if (at === undefined || official === undefined) {
      const missing = at === undefined ? mapping.event.at : mapping.event.official;
      out.push(leftOut(trace, mapping, 'attribute missing', `event: ${missing}`, at ?? null, event));
    } else if (at < startedAt) out.push(leftOut(trace, mapping, 'before the intake', startedAt, at, event));
    else if (endedAt !== undefined && at > endedAt)
      out.push(leftOut(trace, mapping, 'after the end', endedAt, at, event));
    else events.push({ position: index + 1, at, official });
  });
  events.sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
  return { events, leftOut: out };
}

/** The events whose official is another than the one who held the dossier until then. */
function changesOfHolder(responsible: string, events: readonly Act[]): readonly Act[] {
  return events.filter(({ official }, index) => official !== (events[index - 1]?.official ?? responsible));
}

function channelOf(trace: XesTrace, { dossier, channels }: LogMapping): Channel {
  const inLog = trace.attributes.get(dossier.channel);
  const known = channels.find((one) => one.inLog === inLog);
  if (!known) {
    throw new LocalProblem(
      `Line ${trace.line}: the mapping names no channel for ${dossier.channel} "${inLog ?? ''}".`,
      'Add it under "channels" in the mapping.',
    );
  }
  return known.channel;
}

function instantsOf(trace: XesTrace, { dossier, event }: LogMapping): readonly string[] {
  const own = [trace.attributes.get(dossier.startedAt), trace.attributes.get(dossier.endedAt)];
  const acts = trace.events.map(({ attributes }) => attributes.get(event.at));
  return [...own, ...acts].filter((instant) => instant !== undefined);
}

function leftOut(
  trace: XesTrace,
  { dossier }: LogMapping,
  why: LeftOut['why'],
  detail: string,
  at: string | null,
  event?: XesEvent,
): LeftOut {
  const name = trace.attributes.get(dossier.name) ?? `trace ${trace.position}`;
  return { dossier: name, line: event?.line ?? trace.line, at, why, detail };
}
