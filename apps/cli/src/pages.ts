import type { ShownProgress } from './progress';

/** A page of many, of which so many were looked at; the next begins after `next`, null when it was the last. */
interface Page {
  readonly checked: number;
  readonly next: string | null;
}

/** Asks for page after page, shows how far it is, and answers all of them in order. Throws what asking throws. */
export async function allPages<P extends Page>(
  shown: ShownProgress,
  ask: (after: string | null) => Promise<P>,
  noteOf: (pages: readonly P[]) => string,
): Promise<readonly P[]> {
  const pages: P[] = [];
  try {
    for (let after: string | null = null; ;) {
      const page: P = await ask(after);
      pages.push(page);
      shown.update(totalOf(pages, 'checked'), noteOf(pages));
      if (page.next === null) return pages;
      after = page.next;
    }
  } finally {
    shown.stop();
  }
}

/** A count of all pages together. */
export function totalOf<Name extends string>(pages: readonly { readonly [N in Name]: number }[], name: Name): number {
  return pages.reduce((sum, page) => sum + page[name], 0);
}
