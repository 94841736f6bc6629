import { Command, Option } from 'commander';
import { parseProcedureVersion, type ProcedureVersion } from '#domain';
import { defaultDataFolder, LocalProblem, readStack } from '#local';
import { calendarIdsIn, defectsIn, lineOf, type CatalogueFile } from '#platform';
import { administratorOf, serviceFor } from '../stack-access';
import { exitCodes, print, report } from '../terminal';
import { cpsvApDocument, isDescribed } from './cpsv-ap';
import { contentOf, filesAt, shippedFiles } from './files';
import { loadCatalogue } from './load';
import { publishCommand, versionsCommand, withdrawCommand } from './states';

/** The Publications Office's name of the country whose sample catalogue is shipped. */
const VIET_NAM = 'http://publications.europa.eu/resource/authority/country/VNM';

/** `motcua catalogue`: procedures and work calendars as files. */
export function catalogueCommand(): Command {
  const files = ['[files...]', 'procedures and calendars; default: all that are shipped'] as const;
  const check = new Command('check')
    .description('what keeps them from being loaded, by file, line and rule; needs no running stack')
    .argument(...files)
    .action((paths: string[]) => {
      const chosen = filesOr(paths, allShipped);
      const defects = defectsIn(chosen, calendarIdsIn(shippedFiles('calendar')));
      for (const defect of defects) print(lineOf(defect));
      report(`${chosen.length} files, ${defects.length} defects`);
      process.exitCode = defects.length > 0 ? exitCodes.failure : exitCodes.ok;
    });
  const load = new Command('load')
    .description('add the versions that the running stack does not have yet; loading them again changes nothing')
    .argument(...files)
    .action(async (paths: string[]) => {
      const content = contentOf(filesOr(paths, allShipped));
      const stack = readStack(defaultDataFolder());
      const desk = serviceFor(stack.services.desk, defaultDataFolder(), await administratorOf(stack));
      print(`${await loadCatalogue(desk, content)} versions added.`);
    });
  const exported = new Command('export')
    .description('the newest version of each described procedure, for other catalogues')
    .argument('[files...]', 'procedures; default: all that are shipped')
    .addOption(new Option('--format <format>', 'CPSV-AP 3.2.0 as JSON-LD').choices(['cpsv-ap']).default('cpsv-ap'))
    .option('--spatial <iri>', 'the area that the authorities cover', VIET_NAM)
    .action((paths: string[], { spatial }: { spatial: string }) => {
      const procedures = newestIn(filesOr(paths, () => shippedFiles('procedure')));
      const described = procedures.filter(isDescribed);
      print(JSON.stringify(cpsvApDocument(described, spatial), null, 2));
      report(`${described.length} procedures; ${procedures.length - described.length} without a description left out`);
    });
  return new Command('catalogue')
    .description('procedures and work calendars as files, and which version takes new dossiers')
    .addCommand(check)
    .addCommand(load)
    .addCommand(exported)
    .addCommand(versionsCommand())
    .addCommand(publishCommand())
    .addCommand(withdrawCommand());
}

function filesOr(paths: readonly string[], others: () => readonly CatalogueFile[]): readonly CatalogueFile[] {
  return paths.length > 0 ? filesAt(paths) : others();
}

function allShipped(): readonly CatalogueFile[] {
  return [...shippedFiles('calendar'), ...shippedFiles('procedure')];
}

/** By code. @throws LocalProblem when the files have defects */
function newestIn(files: readonly CatalogueFile[]): readonly ProcedureVersion[] {
  const [defect] = defectsIn(files, calendarIdsIn(shippedFiles('calendar')));
  if (defect)
    throw new LocalProblem(`${lineOf(defect)}.`, 'Nothing is exported before motcua catalogue check is content.');
  const versions = contentOf(files).procedures.map(parseProcedureVersion);
  const byAge = versions.toSorted((one, other) => one.version - other.version);
  return [...new Map(byAge.map((procedure) => [procedure.code, procedure])).values()];
}
