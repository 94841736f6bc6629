import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { roles, type Organisation } from '#domain';
import { LocalProblem, outsideAddresses, type Stack } from '#local';
import { environment, RemoteRefusal, type ServiceFetch } from '#platform';
import { administratorOf, serviceFor } from '../stack-access';
import { table } from '../terminal';
import type { StartingContent } from './content';

/** Says of a data folder whether it is a demo's. */
const KIND = 'kind';
type Kind = 'demo' | 'office';

const kindOf = (demo: boolean): Kind => (demo ? 'demo' : 'office');

/** @throws LocalProblem where the folder was begun the other way: accounts that everybody can use stay among themselves */
export function refuseOtherKind(dataFolder: string, demo: boolean): void {
  const begun = begunAs(dataFolder);
  if (begun === null || begun === kindOf(demo)) return;
  throw new LocalProblem(
    demo
      ? `${dataFolder} was begun without --demo, and accounts with a known password are not added to it.`
      : `${dataFolder} was begun with --demo: it has accounts whose password everybody knows.`,
    `Start it as it was begun, or begin anew: npm start -- --fresh${demo ? ' --demo' : ''}`,
  );
}

/** How a folder was begun; null of one that holds nothing. */
function begunAs(dataFolder: string): string | null {
  const path = join(dataFolder, KIND);
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  return existsSync(join(dataFolder, 'postgres')) ? kindOf(false) : null; // Before there were demos nobody wrote it down.
}

/** @throws LocalProblem where a demo would work on servers that somebody else keeps: its time and its accounts stay there for good */
export function refuseServersOfOthers(demo: boolean): void {
  const named = outsideAddresses.filter((name) => environment(name) !== undefined);
  if (!demo || named.length === 0) return;
  throw new LocalProblem(`A demo works on servers of its own, and ${named.join(', ')} names others.`, 'Unset it.');
}

/** Writes down which it is, before anything is begun that could end halfway. */
export function keepKind(dataFolder: string, demo: boolean): void {
  mkdirSync(dataFolder, { recursive: true });
  writeFileSync(join(dataFolder, KIND), `${kindOf(demo)}\n`);
}

/** Who there is in each role that somebody has. */
function byRole({ posts, tenures }: Organisation): readonly (readonly string[])[] {
  return roles.flatMap((role) => {
    const held = tenures.filter(({ postId }) => posts.some((post) => post.id === postId && post.roles.includes(role)));
    const who = [...new Set(held.map(({ officialId }) => officialId))];
    return who.length === 0 ? [] : [[role, who.join(' ')]];
  });
}

/**
 * Makes the accounts a start needs, and says how to sign in: in a demo everybody's; else that of the first administrator, by a
 * link that works once, until it was used.
 */
export async function provideAccounts(stack: Stack, content: StartingContent, demo: boolean): Promise<string> {
  const administrator = await administratorOf(stack);
  const gateway = serviceFor(stack.services.gateway, stack.dataFolder, administrator);
  if (demo) {
    const officialIds = content.organisation.officials.map(({ id }) => id);
    const { body } = await gateway<{ password: string }>({
      method: 'POST',
      path: '/api/accounts/demo',
      body: { officialIds },
    });
    return `Everybody's password is "${body.password}". Sign in as\n${table([['role', 'who'], ...byRole(content.organisation)])}`;
  }
  return firstAdministrator(gateway, administrator.officialId);
}

/** By a link, until it was used. Where accounts take two persons, another administrator has signed in already. */
async function firstAdministrator(gateway: ServiceFetch, officialId: string): Promise<string> {
  const there = 'Sign in with the accounts there are.';
  const { body } = await gateway<{ accounts: readonly { officialId: string; state: string }[] }>({
    method: 'GET',
    path: '/api/accounts',
  });
  const account = body.accounts.find((one) => one.officialId === officialId);
  if (account && account.state !== 'invited') return there;
  const request = account
    ? { path: `/api/accounts/${officialId}/invitation` }
    : { path: '/api/accounts', body: { officialId, username: officialId } };
  try {
    const { body: invitation } = await gateway<{ link: string }>({ method: 'POST', ...request });
    return `First the administrator (${officialId}) sets a password, by this link, once, within a day:\n  ${invitation.link}`;
  } catch (error) {
    if (error instanceof RemoteRefusal && error.code === 'FOUR_EYES') return there;
    throw error;
  }
}
