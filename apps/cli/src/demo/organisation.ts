import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '#calendar';
import type { Organisation } from '#domain';
import { projectFolder } from '#local';
import type { StartingContent } from '../start/content';
import { absencesAround } from './absences';
import { recorder, recordersPost } from './life';
import { demoOffices } from './offices';

type Added = Pick<Organisation, 'offices' | 'posts' | 'officials' | 'tenures' | 'deputies'>;

const twoMore = join(projectFolder, 'catalogue/demo/two-more-offices.json');
const since = '2025-06-30T17:00:00.000Z';

/**
 * The demo's content: beside the commune the ward and the provincial centre, who is away, somebody in each office who may record
 * what is past, and two persons for what puts a register right or stops a dossier.
 */
export function threeOffices(content: StartingContent, from: Instant): StartingContent {
  const { organisation } = content;
  const more = JSON.parse(readFileSync(twoMore, 'utf8')) as Added;
  const posts = demoOffices.map((office) => ({
    id: recordersPost(office),
    officeId: office.centreId,
    name: 'Chuyển dữ liệu',
    roles: ['migrator' as const],
  }));
  const absences = absencesAround(from).map(({ officialId, from, until }) => ({ officialId, from, until }));
  return {
    ...content,
    organisation: {
      ...organisation,
      offices: [...organisation.offices, ...more.offices],
      posts: [...organisation.posts, ...more.posts, ...posts],
      officials: [
        ...organisation.officials,
        ...more.officials,
        { id: recorder, name: 'Trịnh Trung Kiên', email: null },
      ],
      tenures: [
        ...organisation.tenures,
        ...more.tenures,
        ...posts.map(({ id }) => ({ officialId: recorder, postId: id, from: since, until: null })),
      ],
      deputies: [...organisation.deputies, ...more.deputies],
      absences: [...organisation.absences, ...absences],
      fourEyes: ['stop', 'correct'],
    },
  };
}
