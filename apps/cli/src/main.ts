import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder } from '#local';
import { auditCommand } from './audit/audit';
import { calendarCommand } from './calendar/calendar';
import { catalogueCommand } from './catalogue/catalogue';
import { deadLettersCommand } from './dead-letters/dead-letters';
import { deadlineCommand } from './deadline/deadline';
import { doctorCommand } from './doctor/doctor';
import { historyCommand } from './history/history';
import { importCommand } from './import/import';
import { rebuildCommand } from './rebuild/rebuild';
import { replayCommand } from './replay/replay';
import { startCommand } from './start/start';
import { exitCodes, failWith } from './terminal';
import { tokenCommand } from './token';
import { verifyCommand } from './verify/verify';
import { workCommand } from './work/work';

const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { version: string };

const program = new Command('motcua')
  .description('A dossier engine for public offices: the promised date holds, or it shows at once who must act.')
  .version(version)
  .showHelpAfterError('(motcua --help shows what there is)')
  .addHelpText(
    'after',
    `
Examples:
  motcua start                      everything on this machine, with the demo office
  motcua token --as lan             a token for the clerk of the demo office, good for five minutes
  motcua history H41.85-261123-0001 the life of one dossier as a story
  motcua deadline explain --procedure 1.012786 --at '2026-08-28 09:00'   the date that would be promised, and why
  motcua catalogue check FILE.json  what keeps a procedure or calendar from being loaded, by line and rule
  motcua import FILE.csv --dry-run  what taking over the open dossiers of another system would come to
  motcua work hand-on --from minh --to son/do-luong-land-officer   what would change hands; --apply does it
  motcua replay LOG.xes.gz --check  live a recorded log through the real servers and compare the figures
  motcua verify                     check every invariant over the running system

Exit codes: ${Object.entries(exitCodes)
      .map(([name, code]) => `${code} ${name}`)
      .join(', ')}`,
  );

const commands = [
  startCommand,
  doctorCommand,
  tokenCommand,
  historyCommand,
  deadlineCommand,
  calendarCommand,
  workCommand,
  catalogueCommand,
  importCommand,
  replayCommand,
  auditCommand,
  verifyCommand,
  deadLettersCommand,
  rebuildCommand,
];
for (const command of commands) {
  program.addCommand(command());
}

program.parseAsync().catch(failWith);
