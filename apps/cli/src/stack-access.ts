import { Client } from 'pg';
import {
  defaultDataFolder,
  issueToken,
  keysIn,
  LocalProblem,
  readStack,
  type StackFile,
  type TokenHolder,
} from '#local';
import type { Organisation, PostTenure, Role } from '#domain';
import { serviceFetch, serviceTokens, type ServiceFetch } from '#platform';
import { NotKnownHere } from './terminal';

/** Works with the database as its owner, and gives the connection back. */
export async function asOwner<T>(
  { ownerUrl }: Pick<StackFile, 'ownerUrl'>,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'motcua-cli' });
  client.on('error', () => undefined); // A connection that breaks while idle fails its next query, and nothing else.
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Who administers the loaded organisation. @throws LocalProblem when nobody does */
export async function administratorOf(stack: Pick<StackFile, 'ownerUrl'>): Promise<TokenHolder> {
  const nobody = new LocalProblem('Nobody administers this stack yet.', 'Load an organisation, or name somebody.');
  return (await holderInRole(stack, 'administrator')) ?? raise(nobody);
}

/** Who takes over records from other systems. @throws LocalProblem when nobody does */
export async function migratorOf(stack: Pick<StackFile, 'ownerUrl'>): Promise<TokenHolder> {
  const how = 'Load an organisation in which somebody holds a post with the role "migrator".';
  return (await holderInRole(stack, 'migrator')) ?? raise(new LocalProblem('Nobody may take over dossiers yet.', how));
}

async function holderInRole(stack: Pick<StackFile, 'ownerUrl'>, role: Role): Promise<TokenHolder | null> {
  const { posts = [], tenures = [] } = (await loadedOrganisation(stack)) ?? {};
  const inRole = posts.filter(({ roles }) => roles.includes(role)).map(({ id }) => id);
  const held = tenures.filter(({ postId }) => inRole.includes(postId));
  const tenure = held.find(({ until }) => until === null) ?? held[0];
  return tenure ? holderNamed(stack, tenure.officialId, tenure.postId) : null;
}

function raise(error: Error): never {
  throw error;
}

/** The post an official of the loaded organisation holds, by the official's id. @throws LocalProblem naming who there is */
export async function holderNamed(
  stack: Pick<StackFile, 'ownerUrl'>,
  officialId: string,
  postId?: string,
): Promise<TokenHolder> {
  const organisation = await loadedOrganisation(stack);
  const tenure = tenureOf(organisation?.tenures ?? [], officialId, postId);
  const post = organisation?.posts.find(({ id }) => id === tenure?.postId);
  if (!post) {
    const known = organisation?.officials.map(({ id }) => id).join(', ') ?? 'nobody yet';
    throw new NotKnownHere(`No official "${officialId}" holds such a post.`, `There are: ${known}.`);
  }
  return { officialId, postId: post.id, officeId: post.officeId };
}

async function loadedOrganisation(stack: Pick<StackFile, 'ownerUrl'>): Promise<Organisation | undefined> {
  return asOwner(stack, async (client) => {
    const { rows } = await client.query<{ body: Organisation }>(
      'select body from desk.organisation order by version desc limit 1',
    );
    return rows[0]?.body;
  });
}

/** A tenure that lasts before one that has ended: who moved on acts from the post of today. */
export function tenureOf(tenures: readonly PostTenure[], officialId: string, postId?: string): PostTenure | undefined {
  const held = tenures.filter((one) => one.officialId === officialId && (postId ?? one.postId) === one.postId);
  return held.find(({ until }) => until === null) ?? held[0];
}

/** `desk` of the stack on this machine, as whoever administers it. @throws LocalProblem when nobody does */
export async function deskAsAdministrator(): Promise<ServiceFetch> {
  const stack = readStack(defaultDataFolder());
  return serviceFor(stack.services.desk, defaultDataFolder(), await administratorOf(stack));
}

/** How many dossiers of the stack on this machine are open: as many as may have to be looked at. */
export async function openDossiers(
  stack: Pick<StackFile, 'ownerUrl'> = readStack(defaultDataFolder()),
): Promise<number> {
  return asOwner(stack, async (client) => {
    const { rows } = await client.query<{ open: string }>(
      'select count(*) as open from desk.dossier where ended_at is null',
    );
    return Number(rows[0]?.open ?? 0);
  });
}

/** `desk` over HTTP, as one of our own services. */
export function serviceAs(name: 'gateway', deskUrl: string, dataFolder: string): ServiceFetch {
  return serviceFetch({ baseUrl: deskUrl, timeoutMs: 30_000, token: serviceTokens(keysIn(dataFolder)[name], 'desk') });
}

/** A service over HTTP, as whoever the keys of the data folder vouch for. */
export function serviceFor(baseUrl: string, dataFolder: string, holder: TokenHolder): ServiceFetch {
  const keys = keysIn(dataFolder);
  let token: { readonly text: Promise<string>; readonly until: number } | null = null;
  return serviceFetch({
    baseUrl,
    timeoutMs: 30_000,
    token: () => {
      if (token === null || performance.now() > token.until) {
        token = { text: issueToken(keys, holder), until: performance.now() + 240_000 };
      }
      return token.text;
    },
  });
}
