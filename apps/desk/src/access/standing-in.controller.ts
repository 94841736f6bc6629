import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsUUID } from 'class-validator';
import { DataSource } from 'typeorm';
import { postsStoodInFor } from '#domain';
import { Action } from '#platform';
import { DeskAccess } from './desk-access';

export class DossierIdsDto {
  @ApiProperty({ type: [String], format: 'uuid', maxItems: 200 })
  @IsUUID(undefined, { each: true })
  @ArrayMaxSize(200)
  dossierIds: string[];
}

/** What a service that shows people what was told to posts has to know of a person, and knows no posts itself. */
@Controller('standing-in/:officialId/:postId')
export class StandingInController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: DeskAccess,
  ) {}

  @Get()
  @Action('read-standing-in')
  @ApiOperation({
    summary: 'The posts that an official stands in for now by the post held; for the service that alerts',
  })
  async posts(
    @Param('officialId') officialId: string,
    @Param('postId') postId: string,
  ): Promise<{ readonly posts: readonly string[] }> {
    const { actor, organisation, at } = await this.access.personNamed(this.dataSource.manager, officialId, postId);
    return { posts: postsStoodInFor(organisation, actor, at) };
  }

  /** A read, by POST for the length of its question; it needs no Idempotency-Key. */
  @Post('concerned')
  @HttpCode(200)
  @Action('read-standing-in')
  @ApiOperation({
    summary: 'Which of some dossiers are about the official, or about an office they act in, and do not exist for them',
  })
  async concerned(
    @Param('officialId') officialId: string,
    @Param('postId') postId: string,
    @Body() { dossierIds }: DossierIdsDto,
  ): Promise<{ readonly dossierIds: readonly string[] }> {
    const { manager } = this.dataSource;
    const person = await this.access.personNamed(manager, officialId, postId);
    const rows = await manager.query<{ dossier_id: string }[]>(
      `select dossier_id from desk.complaint_subject
       where dossier_id = any($1) and (official_id = $2 or office_id = any($3)) order by dossier_id`,
      [dossierIds, officialId, this.access.officesActedIn(person)],
    );
    return { dossierIds: rows.map((row) => row.dossier_id) };
  }
}
