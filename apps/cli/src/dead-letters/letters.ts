import { consumers, type Consumer, type DiscardReason } from '#contracts';
import type { LetterView, ServiceFetch, WholeLetterView } from '#platform';

/** How each consumer is spoken to: here or elsewhere, as somebody who may. */
export type Reach = Readonly<Record<Consumer, ServiceFetch>>;

/** A message that a consumer could not apply; its dossier, where it names one, waits. */
export interface PutAside extends LetterView {
  readonly consumer: Consumer;
}

/** Everything that these consumers have put aside, each's oldest first. Throws RemoteRefusal, as all of these. */
export async function putAside(reach: Reach, of: readonly Consumer[] = consumers): Promise<readonly PutAside[]> {
  const letters: PutAside[] = [];
  for (const consumer of of) {
    for (let next: string | null = '0'; next !== null;) {
      const page: LettersPage = await pageAfter(reach[consumer], next);
      letters.push(...page.letters.map((letter) => ({ ...letter, consumer })));
      next = page.next;
    }
  }
  return letters;
}

interface LettersPage {
  readonly letters: readonly LetterView[];
  readonly next: string | null;
}

async function pageAfter(service: ServiceFetch, id: string): Promise<LettersPage> {
  return (await service<LettersPage>({ method: 'GET', path: `/dead-letters?limit=200&after=${id}` })).body;
}

/** One of them, with the message as it came. */
export async function letterOf(reach: Reach, consumer: Consumer, id: string): Promise<WholeLetterView> {
  return (await reach[consumer]<WholeLetterView>({ method: 'GET', path: pathOf(id) })).body;
}

/** Lets the waiting dossier go on from its journal; answers which. */
export async function resendLetter(reach: Reach, consumer: Consumer, id: string): Promise<string> {
  const { body } = await reach[consumer]<{ stream: string }>({ method: 'POST', path: `${pathOf(id)}/resend` });
  return body.stream;
}

/** Has it journalled that the message is discarded, and lets its dossier go on, if it names one; answers which. */
export async function discardLetter(
  reach: Reach,
  consumer: Consumer,
  id: string,
  reasonCode: DiscardReason,
): Promise<string | null> {
  const call = { method: 'POST', path: `${pathOf(id)}/discard`, body: { reasonCode } } as const;
  return (await reach[consumer]<{ stream: string | null }>(call)).body.stream;
}

function pathOf(id: string): string {
  return `/dead-letters/${encodeURIComponent(id)}`;
}
