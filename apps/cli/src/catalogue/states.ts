import { Command } from 'commander';
import type { VersionInTime } from '#domain';
import { defaultDataFolder, readStack } from '#local';
import { administratorOf, serviceFor } from '../stack-access';
import { print } from '../terminal';

const basis = ['--basis <text>', 'the decision it rests on'] as const;

/** `motcua catalogue versions CODE` */
export function versionsCommand(): Command {
  return new Command('versions')
    .description('every version of a procedure that the running stack has, and from when to when it takes new dossiers')
    .argument('<code>')
    .action(async (code: string) => {
      const { versions } = await desk<{ versions: readonly VersionInTime[] }>('GET', pathOf(code));
      for (const version of versions) print(lineOf(code, version));
    });
}

/** `motcua catalogue publish CODE VERSION` */
export function publishCommand(): Command {
  return new Command('publish')
    .description('bring a draft into use, from the day on that it says itself')
    .argument('<code>')
    .argument('<version>')
    .requiredOption(...basis)
    .action(async (code: string, version: string, { basis: legalBasis }: { basis: string }) => {
      print(lineOf(code, await desk('POST', `${pathOf(code, version)}/publish`, { legalBasis })));
    });
}

/** `motcua catalogue withdraw CODE VERSION` */
export function withdrawCommand(): Command {
  return new Command('withdraw')
    .description('let a version take no new dossiers any more; open dossiers keep it')
    .argument('<code>')
    .argument('<version>')
    .requiredOption(...basis)
    .option('--from <day>', 'the first day without it, YYYY-MM-DD; default: today')
    .action(async (code: string, version: string, { basis: legalBasis, from }: { basis: string; from?: string }) => {
      const body = { legalBasis, ...(from !== undefined && { from }) };
      print(lineOf(code, await desk('POST', `${pathOf(code, version)}/withdraw`, body)));
    });
}

/** Asked as the stack's administrator. */
async function desk<Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
  const stack = readStack(defaultDataFolder());
  const asked = serviceFor(stack.services.desk, defaultDataFolder(), await administratorOf(stack));
  return (await asked<Answer>({ method, path, ...(body && { body }) })).body;
}

function pathOf(code: string, version?: string): string {
  const versions = `/catalogue/procedures/${encodeURIComponent(code)}/versions`;
  return version === undefined ? versions : `${versions}/${encodeURIComponent(version)}`;
}

/** A version in one line for people. */
export function lineOf(code: string, { version, state, validFrom, withdrawnFrom }: VersionInTime): string {
  const from = validFrom === null ? '' : ` from ${validFrom}`;
  const until = withdrawnFrom === null ? '' : `, no new dossiers from ${withdrawnFrom}`;
  return `${code} version ${version}: ${state}${from}${until}`;
}
