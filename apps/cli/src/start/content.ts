import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Organisation } from '#domain';
import type { ServiceFetch } from '#platform';
import { projectFolder, type Stack } from '#local';
import { contentOf, shippedFiles, type CatalogueContent } from '../catalogue/files';
import { loadCatalogue } from '../catalogue/load';
import { serviceFor } from '../stack-access';

/** The post that may load the first organisation: see desk's access. */
const founding = { postId: 'founding-administrator', officeId: 'none' };
const demoOrganisation = join(projectFolder, 'catalogue/demo/organisation.json');

/** What is loaded into a stack that starts: who works there, by which procedures and calendars. */
export interface StartingContent extends CatalogueContent {
  readonly organisation: Organisation;
}

/** The demo office: a commune of Nghệ An with a one-stop desk, a land and a civil status section. */
export function demoContent(): StartingContent {
  return {
    organisation: JSON.parse(readFileSync(demoOrganisation, 'utf8')) as Organisation,
    ...contentOf([...shippedFiles('calendar'), ...shippedFiles('procedure')]),
  };
}

/** Loads content through the public API, as the administrator whom the organisation names. Loading it again changes nothing. */
export async function loadContent(
  { services, dataFolder }: Pick<Stack, 'services' | 'dataFolder'>,
  content: StartingContent,
): Promise<void> {
  const { organisation } = content;
  const administrator = administratorOf(organisation);
  const asAdministrator = serviceFor(services.desk, dataFolder, administrator);
  const loaded = await hasOrganisation(asAdministrator);
  const loader = loaded
    ? asAdministrator
    : serviceFor(services.desk, dataFolder, { ...founding, officialId: administrator.officialId });
  await loadCatalogue(loader, content); // First: the organisation names calendars of it.
  await loader({ method: 'POST', path: '/organisation', body: organisation });
}

async function hasOrganisation(asAdministrator: ServiceFetch): Promise<boolean> {
  try {
    await asAdministrator({ method: 'GET', path: '/time' });
    return true;
  } catch (error) {
    if ((error as { kind?: string }).kind === 'forbidden') return false;
    throw error;
  }
}

function administratorOf({ posts, tenures }: Organisation) {
  const post = posts.find(({ roles }) => roles.includes('administrator'));
  const tenure = tenures.find(({ postId }) => postId === post?.id);
  if (!post || !tenure) throw new Error('The content names no administrator.');
  return { officialId: tenure.officialId, postId: post.id, officeId: post.officeId };
}
