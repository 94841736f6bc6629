import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { channels, checkAgainst, schema, type Channel } from '#contracts';
import { parseProcedureVersion, type ProcedureVersion } from '#domain';
import { LocalProblem, projectFolder } from '#local';

/** How the attributes of one log are to be understood, and by which rules its dossiers are handled. */
export interface LogMapping {
  /** The zone of the office's days: "early" and "on time" are told apart by them. */
  readonly timeZone: string;
  /** Who works the dossiers; the log's departments are its offices. */
  readonly authority: { readonly name: string; readonly codePrefix: string };
  /** The keys under which a trace says each of these. */
  readonly dossier: Readonly<Record<DossierAttribute, string>>;
  /** The keys under which an event says when, and who acted. */
  readonly event: { readonly at: string; readonly official: string };
  readonly channels: readonly { readonly inLog: string; readonly channel: Channel }[];
  /** Of the kind *given*: the instants come with the intake. */
  readonly procedure: ProcedureVersion;
}

export type DossierAttribute =
  'name' | 'startedAt' | 'endedAt' | 'appointmentAt' | 'legalDueAt' | 'responsible' | 'department' | 'channel';

const { listOf, oneOf, record, text } = schema;

const mappingSchema = record<Omit<LogMapping, 'procedure'> & { readonly procedure: object }>({
  timeZone: text,
  authority: record<LogMapping['authority']>({ name: text, codePrefix: text }),
  dossier: record<LogMapping['dossier']>({
    name: text,
    startedAt: text,
    endedAt: text,
    appointmentAt: text,
    legalDueAt: text,
    responsible: text,
    department: text,
    channel: text,
  }),
  event: record<LogMapping['event']>({ at: text, official: text }),
  channels: listOf(record<LogMapping['channels'][number]>({ inLog: text, channel: oneOf(channels) })),
  procedure: { json: { type: 'object' } },
});

const check = checkAgainst(mappingSchema, 'mapping');

/**
 * The mapping in the given file, or the one in the catalogue that bears the log's name (`receipt.xes.gz`:
 * `catalogue/replay/receipt.json`).
 *
 * @throws LocalProblem naming the file and the rule it breaks
 */
export function mappingFor(logPath: string, given: string | undefined): LogMapping {
  const name = basename(logPath).replace(/\.xes(\.gz)?$/, '');
  const path = given ?? join(projectFolder, 'catalogue', 'replay', `${name}.json`);
  if (!existsSync(path)) {
    throw new LocalProblem(
      `Nothing says how the attributes of ${basename(logPath)} map (${path}).`,
      'Write such a file, like catalogue/replay/receipt.json, and name it with --mapping.',
    );
  }
  const mapping = parsed(path);
  const broken = check(mapping);
  if (broken !== null) throw new LocalProblem(`${path} is no mapping of a log: ${broken}.`, 'Correct it.');
  return { ...(mapping as LogMapping), procedure: parseProcedureVersion((mapping as LogMapping).procedure) };
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new LocalProblem(`${path} cannot be read as JSON: ${(error as Error).message}.`, 'Correct it.');
  }
}
