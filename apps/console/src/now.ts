import { useEffect, useState } from 'react';

/** Real time and the stack's may differ: a demo runs a day a minute. The map comes from desk, the elapsed time from the browser. */
interface TimeMap {
  /** Milliseconds of the epoch, in the stack's time. */
  readonly mappedMs: number;
  /** `performance.now()` at that moment; unlike the computer's clock nobody sets it. */
  readonly markedMs: number;
  /** Mapped milliseconds per real one. */
  readonly speed: number;
}

let map: TimeMap | null = null;

/** Takes over what time desk says it is. `now` is an ISO 8601 instant of the stack's time. */
export function setStackTime({ now, speed }: { readonly now: string; readonly speed: number }): void {
  map = { mappedMs: Date.parse(now), markedMs: performance.now(), speed };
}

/** Now in the stack's time, in milliseconds of the epoch. Before desk has been asked it is the computer's own. */
export function nowMs(): number {
  if (map === null) return computersNowMs();
  return map.mappedMs + (performance.now() - map.markedMs) * map.speed;
}

/** Now by this computer's own clock, for what is kept on it; a demo's days must not end it. */
export function computersNowMs(): number {
  return performance.timeOrigin + performance.now();
}

/** Now as a value that is drawn anew every `everyMs` real milliseconds. */
export function useNow(everyMs = 30_000): number {
  const [at, setAt] = useState(nowMs);
  useEffect(() => {
    const timer = setInterval(() => setAt(nowMs()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return at;
}
