import { Command, Option } from 'commander';
import { instantOnWall, type Explanation } from '#calendar';
import { channels, languages, type Channel, type Language } from '#contracts';
import { defaultDataFolder, readStack } from '#local';
import type { ServiceFetch } from '#platform';
import { administratorOf, serviceFor } from '../stack-access';
import { print } from '../terminal';

interface Explained {
  readonly dueAt: string;
  readonly explanation: Explanation;
  readonly why: readonly string[];
}

/** What `desk` answers to `GET /promises`. */
export interface Promised {
  readonly procedureCode: string;
  readonly procedureVersion: number;
  readonly officeId: string;
  readonly channel: Channel;
  readonly timeZone: string;
  readonly acceptance: Explained | null;
  readonly appointment: Explained | null;
  readonly legal: Explained | null;
}

export interface ExplainOptions {
  readonly procedure: string;
  readonly office?: string;
  readonly at?: string;
  readonly channel: Channel;
  readonly language: Language;
}

/** `motcua deadline`: which date would be promised, and why. */
export function deadlineCommand(): Command {
  const explain = new Command('explain')
    .description('why a dossier would be due when it would be due, day by day; nothing is written')
    .requiredOption('--procedure <code>', 'the procedure, for example 1.012786')
    .option('--office <id>', 'where it is handed in; default: the office of the administrator')
    .option('--at <when>', 'by the clock on the office’s wall ("2026-08-28 09:00"), or an instant in UTC; default: now')
    .addOption(new Option('--channel <channel>', 'how it is handed in').choices(channels).default('desk'))
    .addOption(new Option('--language <language>', 'of the sentences').choices(languages).default('vi'))
    .option('--json', 'as data', false)
    .action(async ({ json, ...options }: ExplainOptions & { json: boolean }) => {
      const stack = readStack(defaultDataFolder());
      const desk = serviceFor(stack.services.desk, defaultDataFolder(), await administratorOf(stack));
      const promised = await explained(desk, options);
      print(json ? JSON.stringify(promised, null, 2) : storyOf(promised).join('\n'));
    });
  return new Command('deadline').description('the dates an office promises').addCommand(explain);
}

/** Asks `desk`; a time on the wall is read by the clock of the office that receives. */
export async function explained(
  desk: ServiceFetch,
  { procedure, office, at, channel, language }: ExplainOptions,
): Promise<Promised> {
  const ask = async (instant: string | undefined) => {
    const query = new URLSearchParams({ procedureCode: procedure, channel, language });
    if (office !== undefined) query.set('officeId', office);
    if (instant !== undefined) query.set('at', instant);
    return (await desk<Promised>({ method: 'GET', path: `/promises?${query.toString()}` })).body;
  };
  if (at === undefined || at.endsWith('Z')) return ask(at);
  const { timeZone } = await ask(undefined);
  return ask(instantOnWall({ timeZone }, at));
}

/** In lines for people: each instant that limits, with its sentences; one that equals another is not told twice. */
export function storyOf(promised: Promised): readonly string[] {
  const { procedureCode, procedureVersion, officeId, channel, acceptance, appointment, legal } = promised;
  const isLegalTheSame = legal !== null && legal.dueAt === appointment?.dueAt;
  const parts: readonly (readonly [string, Explained | null])[] = [
    ['acceptance', acceptance],
    [isLegalTheSame ? 'appointment and legal limit' : 'appointment', appointment],
    ['legal limit', isLegalTheSame ? null : legal],
  ];
  const told = parts.flatMap(([name, one]) =>
    one ? ['', `${name}: ${one.dueAt}`, ...one.why.map((line) => `  ${line}`)] : [],
  );
  const head = `procedure ${procedureCode} (version ${procedureVersion}), office ${officeId}, channel ${channel}`;
  return told.length > 0 ? [head, ...told] : [head, '', 'No limit: nothing is promised.'];
}
