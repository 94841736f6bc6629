import { Command, Option } from 'commander';
import { instantOnWall, wallTimeInWords, type Explanation } from '#calendar';
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
  /** Made by a procedure that nobody has checked. */
  readonly sample: boolean;
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
      print(json ? JSON.stringify(promised, null, 2) : storyOf(promised, options.language).join('\n'));
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

interface Words {
  readonly head: (promised: Promised) => string;
  readonly acceptance: string;
  readonly appointment: string;
  readonly legal: string;
  readonly both: string;
  readonly sample: string;
  readonly noLimit: string;
}

const words: Readonly<Record<Language, Words>> = {
  vi: {
    head: (of) =>
      `Thủ tục ${of.procedureCode} (phiên bản ${of.procedureVersion}), nơi nhận ${of.officeId}, hình thức nộp ${of.channel}`,
    acceptance: 'Hạn trả lời việc tiếp nhận',
    appointment: 'Hẹn trả kết quả',
    legal: 'Thời hạn theo quy định',
    both: 'Hẹn trả kết quả, cũng là thời hạn theo quy định',
    sample: 'Thủ tục mẫu, chưa ai kiểm tra: đừng dựa vào ngày nào ở đây.',
    noLimit: 'Không có thời hạn: không hẹn ngày nào.',
  },
  en: {
    head: (of) =>
      `procedure ${of.procedureCode} (version ${of.procedureVersion}), office ${of.officeId}, channel ${of.channel}`,
    acceptance: 'acceptance',
    appointment: 'appointment',
    legal: 'legal limit',
    both: 'appointment and legal limit',
    sample: 'A sample, which nobody has checked: rely on none of these dates.',
    noLimit: 'No limit: nothing is promised.',
  },
  de: {
    head: (of) =>
      `Verfahren ${of.procedureCode} (Fassung ${of.procedureVersion}), Stelle ${of.officeId}, Eingang ${of.channel}`,
    acceptance: 'Entscheidung über die Annahme',
    appointment: 'Termin',
    legal: 'gesetzliche Frist',
    both: 'Termin und gesetzliche Frist',
    sample: 'Ein Muster, das niemand geprüft hat: auf keinen dieser Tage ist Verlass.',
    noLimit: 'Keine Frist: nichts wird zugesagt.',
  },
};

/**
 * In lines for people: each instant that limits, by the clock on the office's wall, with its sentences; one that equals
 * another is not told twice.
 */
export function storyOf(promised: Promised, language: Language): readonly string[] {
  const { acceptance, appointment, legal, timeZone, sample } = promised;
  const say = words[language];
  const isLegalTheSame = legal !== null && legal.dueAt === appointment?.dueAt;
  const parts: readonly (readonly [string, Explained | null])[] = [
    [say.acceptance, acceptance],
    [isLegalTheSame ? say.both : say.appointment, appointment],
    [say.legal, isLegalTheSame ? null : legal],
  ];
  const told = parts.flatMap(([name, one]) =>
    one
      ? ['', `${name}: ${wallTimeInWords(one.dueAt, timeZone, language)}`, ...one.why.map((line) => `  ${line}`)]
      : [],
  );
  const head = [say.head(promised), ...(sample ? [say.sample] : [])];
  return told.length > 0 ? [...head, ...told] : [...head, '', say.noLimit];
}
