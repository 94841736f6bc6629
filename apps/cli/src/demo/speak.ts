import { createHash } from 'node:crypto';
import { v5 as uuidv5 } from 'uuid';
import { RemoteRefusal, type ServiceFetch } from '#platform';
import { paperOf } from './papers';
import type { Voice } from './voices';

const AT_ONCE = 8;
const MOTCUA_DEMO = '0f6b6c1e-8a53-5c4e-9d0a-7d5f8f3c21b7';

/** Where voices are heard. */
export interface Hearing {
  /** `desk` as who may record what is past. */
  readonly recorder: ServiceFetch;
  /** `desk` as the gateway, which carries what applicants say. */
  readonly gateway: ServiceFetch;
  readonly known: ReadonlyMap<number, string>;
  /** Of the demo: the same one makes the same keys, so that what was said before is not said again. */
  readonly sha256: string;
}

/** Lets everybody say what they have to, some at a time. @returns the codes with which `desk` refused some: none, unless demo and catalogue disagree */
export async function speak(voices: readonly Voice[], hearing: Hearing): Promise<readonly string[]> {
  const refused: string[] = [];
  const left = [...voices.entries()];
  const speaker = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [place, voice] = next;
      try {
        await say(voice, uuidv5(`${hearing.sha256}/voice/${place}`, MOTCUA_DEMO), hearing);
      } catch (error) {
        if (!(error instanceof RemoteRefusal) || error.kind === 'unavailable') throw error;
        refused.push(`${voice.kind} ${error.code}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, speaker));
  return refused;
}

async function say(voice: Voice, key: string, { recorder, gateway, known }: Hearing): Promise<void> {
  const dossierId = known.get(voice.trace);
  if (dossierId === undefined) return; // It was never begun: the recording has said so.
  if (voice.kind === 'file') return sendFile(recorder, dossierId, voice.component, key);
  const { body: receipt } = await recorder<{ code: string; secret: string }>({
    method: 'GET',
    path: `/dossiers/${dossierId}/look-up-secret`,
  });
  const { path, said } = asOnThePage(voice);
  await gateway({
    method: 'POST',
    path: `/public-look-ups/${path}`,
    headers: { 'idempotency-key': key },
    body: { ...receipt, ...said },
  });
}

/** What the citizen's page makes of it. */
function asOnThePage(voice: Exclude<Voice, { kind: 'file' }>) {
  switch (voice.kind) {
    case 'message':
      return { path: 'messages', said: { text: voice.text } };
    case 'rating':
      return { path: 'feedback', said: { rating: voice.rating, ...(voice.words !== null && { words: voice.words }) } };
    case 'complaint':
      return { path: 'complaints', said: { about: voice.about, text: voice.text } };
  }
}

async function sendFile(desk: ServiceFetch, dossierId: string, component: string, key: string): Promise<void> {
  const bytes = paperOf(component);
  await desk({
    method: 'POST',
    path: `/dossiers/${dossierId}/attachments?component=${component}`,
    headers: {
      'idempotency-key': key,
      'x-attachment-name': `${component}.pdf`,
      'x-attachment-sha256': createHash('sha256').update(bytes).digest('hex'),
    },
    body: new Blob([bytes], { type: 'application/octet-stream' }),
  });
}
