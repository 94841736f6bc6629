import { askSession, type Session } from '../api/session';
import { goOn } from '../api/signed-out';

/** On it a window says that somebody has signed in. */
export const SESSION_CHANNEL = 'motcua-session';

/**
 * Goes on after signing in again. If it is somebody else the page is loaded anew: what was typed under the other name stays in
 * that person's drafts and is shown to nobody else. @throws Problem while nobody is signed in
 */
export async function resume(before: Session): Promise<void> {
  const now = await askSession();
  if (now.official.id !== before.official.id || now.post?.id !== before.post?.id) location.reload();
  else goOn();
}
