import { sha256Hex } from '#platform';
import type { ArchivedEntry } from './archive';
import type { Finding } from './finding';

interface Link {
  readonly subject?: unknown;
  readonly sequence?: unknown;
  readonly previoushash?: unknown;
}

/** Where the chain of a stream's entries, oldest first, does not hold: altered bytes, a missing entry, a broken link. */
export function chainFindings(stream: string, entries: readonly ArchivedEntry[]): readonly Finding[] {
  return entries.flatMap((entry, index) => {
    const before = entries[index - 1];
    const { sequence, hash, body } = entry;
    const { subject, sequence: said, previoushash = null } = linkOf(body);
    const expected = (before?.sequence ?? 0) + 1;
    if (sequence !== expected) return [broken('entry-missing', sequence, `entry ${expected} is missing before it`)];
    if (sha256Hex(body) !== hash)
      return [broken('entry-altered', sequence, 'its bytes do not have the hash recorded with it')];
    if (subject !== stream || said !== sequence)
      return [broken('entry-altered', sequence, 'it says that it is another entry')];
    if (previoushash !== (before?.hash ?? null))
      return [broken('chain-broken', sequence, 'it does not name the hash of the entry before')];
    return [];
  });
}

function broken(kind: Finding['kind'], sequence: number, says: string): Finding {
  return { kind, sequence, says: `journal: entry ${sequence}: ${says}` };
}

/** What is no JSON names nothing; its hash tells that it was altered. */
function linkOf(body: string): Link {
  try {
    return Object(JSON.parse(body)) as Link;
  } catch {
    return {};
  }
}
