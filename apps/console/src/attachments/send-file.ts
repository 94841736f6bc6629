import { problemFrom, unreachable, type Problem } from '../api/problem';
import { csrfToken } from '../api/session';
import { signedInAgain } from '../api/signed-out';

/** What desk takes of one file. */
export const MOST_BYTES = 20 * 1024 * 1024;

/** A file to be added to a dossier. */
export interface Sending {
  readonly dossierId: string;
  readonly file: File;
  /** The paper of the procedure that it is; null for none of them. */
  readonly component: string | null;
  /** Idempotency-Key: the same for every attempt, so that a file is added once. */
  readonly key: string;
}

interface Watching {
  /** From 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Sends a file with the hash that was counted here: what arrives changed is refused. Where the session has ended it waits for a new
 * sign-in and sends the same again. By XMLHttpRequest, for `fetch` does not tell how far an upload is.
 *
 * @throws Problem, and AbortError where it was cancelled
 */
export async function sendFile(sending: Sending, watching: Watching): Promise<void> {
  const sha256 = await sha256Of(sending.file);
  watching.signal.throwIfAborted();
  const problem = await sent(sending, sha256, watching);
  if (problem === null) return;
  if (problem.status !== 401) throw problem;
  await signedInAgain();
  const again = await sent(sending, sha256, watching);
  if (again !== null) throw again;
}

function sent(
  { dossierId, file, component, key }: Sending,
  sha256: string,
  { onProgress, signal }: Watching,
): Promise<Problem | null> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = component === null ? '' : `?component=${encodeURIComponent(component)}`;
    request.open('POST', `/api/desk/dossiers/${dossierId}/attachments${query}`);
    const headers = {
      accept: 'application/json, application/problem+json',
      'content-type': 'application/octet-stream',
      'idempotency-key': key,
      'x-attachment-name': encodeURIComponent(file.name),
      'x-attachment-sha256': sha256,
      'x-csrf-token': csrfToken(),
    };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () =>
      resolve(request.status === 201 ? null : problemFrom(request.status, parsed(request.responseText)));
    request.onerror = () => resolve(unreachable(null));
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // An answer of something between us and the service.
  }
}
