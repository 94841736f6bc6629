/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 up to, but not, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  /** True in a share of all cases, from 0 to 1. */
  is(share: number): boolean {
    return this.next() < share;
  }

  /** Times between events that come independently of one another. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  isOneIn(count: number): boolean {
    return this.next() * count < 1;
  }

  /** @throws RangeError where there is nothing to pick from */
  pick<T>(things: readonly T[]): T {
    const place = Math.floor(this.next() * things.length);
    if (place >= things.length) throw new RangeError('There is nothing to pick from.');
    return things[place] as T;
  }

  shuffled<T>(things: readonly T[]): T[] {
    const rest = [...things];
    return things.flatMap(() => rest.splice(Math.floor(this.next() * rest.length), 1));
  }
}
