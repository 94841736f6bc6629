import type { StreamEntry } from './inbox';

/** The hashes of the entries seen last, so that a repeat is known for one without asking the journal. */
export class RecentHashes {
  private readonly hashes = new Map<string, string>();

  constructor(private readonly capacity: number) {}

  add({ stream, sequence, hash }: StreamEntry): void {
    this.hashes.set(keyOf(stream, sequence), hash);
    if (this.hashes.size <= this.capacity) return;
    const [oldest] = this.hashes.keys();
    if (oldest !== undefined) this.hashes.delete(oldest);
  }

  hashOf(stream: string, sequence: number): string | undefined {
    return this.hashes.get(keyOf(stream, sequence));
  }
}

function keyOf(stream: string, sequence: number): string {
  return `${stream} ${sequence}`;
}
