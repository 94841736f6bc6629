import { askSession, authenticatedAt, type Session } from '../api/session';
import { goOn, type WhySignIn } from '../api/signed-out';

/** On it a window says that somebody has signed in. */
export const SESSION_CHANNEL = 'motcua-session';

/**
 * Goes on after signing in again. If it is somebody else the page is loaded anew: what was typed under the other name stays in
 * that person's drafts and is shown to nobody else. @throws while nobody is signed in, or not anew where that is what it takes
 */
export async function resume(before: Session, why: WhySignIn): Promise<void> {
  const seenBefore = authenticatedAt();
  const now = await askSession();
  if (now.official.id !== before.official.id || now.post?.id !== before.post?.id) location.reload();
  else if (why === 'sign-in-too-old' && now.authenticatedAt === seenBefore) throw new Error('Nobody signed in anew.');
  else goOn();
}
