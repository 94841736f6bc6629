import { Body, Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { parseDossierEvent, type Language, type PaperCheck, type PostHolder } from '#contracts';
import { dossierFrom, papersOf, type PaperOnFile, type ProcedureVersion } from '#domain';
import { Action, CurrentCaller, type Caller } from '#platform';
import { Catalogue } from '../catalogue/catalogue';
import { DossierCommand, type Make } from '../command/dossier-command';
import { Lookup } from '../lookup/lookup';
import { CheckPapersDto, PapersQueryDto } from './papers.dto';

/** One paper of a dossier. */
interface PaperView extends PaperCheck {
  readonly name: string;
  /** What the procedure asks for; null of a paper that it does not describe. */
  readonly asked: { readonly originals: number; readonly copies: number; readonly required: boolean } | null;
  /** Since which entry, when and by whom it is known to be so; null while nobody has looked. */
  readonly since: { readonly sequence: number; readonly at: string; readonly by: PostHolder } | null;
}

/** Which papers lie there: what the journal says of them, and nothing else. */
@Controller('dossiers/:dossierId')
export class PapersController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly lookup: Lookup,
    private readonly catalogue: Catalogue,
  ) {}

  @DossierCommand('check-papers')
  check(@Body() { papers }: CheckPapersDto): Make {
    return () => ({ command: { name: 'check-papers', papers } });
  }

  @Get('papers')
  @Action('read-dossier')
  @ApiOperation({ summary: 'The papers of a dossier, now or as of an entry: there, missing, or not looked at' })
  async list(
    @CurrentCaller() caller: Caller,
    @Param('dossierId', ParseUUIDPipe) dossierId: string,
    @Query() { asOf = Infinity, language }: PapersQueryDto,
  ): Promise<{ papers: readonly PaperView[] }> {
    const { entries } = await this.lookup.entriesInSight(caller, 'read-dossier', dossierId);
    const facts = entries.map(({ body }) => parseDossierEvent(body)).filter(({ sequence }) => sequence <= asOf);
    const { procedure } = await this.catalogue.timekeepingOf(this.dataSource.manager, dossierFrom(facts));
    return { papers: papersInOrder(papersOf(facts), procedure, language) };
  }
}

/** Those that the procedure describes, in its order; then what else somebody named. */
function papersInOrder(
  known: readonly PaperOnFile[],
  { description }: ProcedureVersion,
  language: Language,
): readonly PaperView[] {
  const described = description?.components ?? [];
  const others = known.filter(({ component }) => !described.some(({ code }) => code === component));
  return [
    ...described.map(({ code, name, originals, copies, required }) => ({
      ...foundOf(code, known),
      name: name[language],
      asked: { originals, copies, required },
    })),
    ...others.map(({ component }) => ({ ...foundOf(component, known), name: component, asked: null })),
  ];
}

function foundOf(component: string, known: readonly PaperOnFile[]): Omit<PaperView, 'name' | 'asked'> {
  const found = known.find((one) => one.component === component);
  if (!found) return { component, state: 'not-looked-at', originals: 0, copies: 0, since: null };
  const { state, originals, copies, sequence, since: at, by } = found;
  return { component, state, originals, copies, since: { sequence, at, by } };
}
