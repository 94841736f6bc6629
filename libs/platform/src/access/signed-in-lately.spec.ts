import { policy, signedInLately } from '#domain';
import type { Caller } from './caller';
import { requireSignedInLately, SignInAgain } from './signed-in-lately';

const quang = (authenticatedAt: Date | null): Caller => {
  return { kind: 'person', officialId: 'quang', postId: 'p', officeId: 'o', authenticatedAt, token: 't' };
};
const ago = (seconds: number) => new Date(Date.now() - seconds * 1_000);

test.each<[string, Caller, string, string, boolean]>([
  ['five minutes hold', quang(ago(298)), 'load-organisation', 'POST', true],
  ['not more', quang(ago(302)), 'load-organisation', 'POST', false],
  ['nor what nobody can say', quang(null), 'load-organisation', 'POST', false],
  ['nor a service, which nobody signs in', { kind: 'service', service: 'clock' }, 'recompute', 'POST', false],
  ['to read needs none', quang(ago(86_400)), 'manage-accounts', 'GET', true],
  ['nor does what stands not in the table', quang(ago(86_400)), 'receive', 'POST', true],
])('a sign-in of the last minutes: %s', (_rule, caller, action, method, passes) => {
  const attempt = () => requireSignedInLately(caller, action, method);

  if (passes) expect(attempt).not.toThrow();
  else expect(attempt).toThrow(SignInAgain);
});

test('no service may do what needs a sign-in: it could not sign in again', () => {
  const services = ['clock', 'oversight', 'gateway'];
  expect(
    signedInLately.flatMap((action) => Object.keys(policy[action])).filter((one) => services.includes(one)),
  ).toEqual([]);
});
