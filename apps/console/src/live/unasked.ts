import { useEffect, useEffectEvent } from 'react';
import { useLive } from './live';

/** Whoever has not touched mouse or keyboard for so long is taken to be away. */
const AWAY_AFTER_MS = 300_000;

let touchedMs = 0;
const returned = new Set<() => void>();

/** Begins to notice whether somebody is there. */
export function startNoticing(): void {
  const touch = (): void => {
    const wasAway = isAway();
    touchedMs = performance.now();
    if (wasAway) for (const act of returned) act();
  };
  for (const event of ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const) {
    document.addEventListener(event, touch, { passive: true, capture: true });
  }
}

/**
 * Asks by itself, each `everyMs`, and with `onChange` whenever something has changed; but only while somebody is there, and at once
 * when they come back. Every request counts as use of the session: a page that went on asking would keep it open for whoever
 * sits down next (ASVS 7.3: idle for 30 minutes ends it).
 */
export function useUnasked(ask: () => void, everyMs: number, onChange: boolean): void {
  const onAsk = useEffectEvent(ask);
  useEffect(() => {
    const again = (): void => onAsk();
    const timer = setInterval(() => {
      if (!isAway()) again();
    }, everyMs);
    returned.add(again);
    return () => {
      clearInterval(timer);
      returned.delete(again);
    };
  }, [everyMs]);
  useLive('changed', () => {
    if (onChange && !isAway()) ask();
  });
}

/** Whether nobody has touched this page for a while. */
export function isAway(): boolean {
  return performance.now() - touchedMs > AWAY_AFTER_MS;
}
