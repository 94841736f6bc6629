import { useEffect, useEffectEvent } from 'react';
import type { Alert } from './alert-list';

/** After so long a connection that was refused is tried again; one that only broke off the browser renews by itself. */
const AGAIN_MS = 5_000;

/** Tells each alert of the reader as it is recorded and whenever it changes, for as long as the page is open. */
export function useAlertFeed(heard: (alert: Alert) => void): void {
  const onHeard = useEffectEvent(heard);
  useEffect(() => {
    let source: EventSource;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const open = () => {
      source = new EventSource('/api/oversight/alerts/stream');
      source.addEventListener('alert', ({ data }: MessageEvent<string>) => onHeard(JSON.parse(data) as Alert));
      source.addEventListener('error', () => {
        if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, AGAIN_MS);
      });
    };
    open();
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, []);
}
