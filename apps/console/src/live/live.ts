import { useEffect, useEffectEvent } from 'react';
import { withQuery } from '../api/call';
import type { components } from '../api/oversight';
import { pauseMs } from './pause';

/** What the gateway tells live. None of it says anything about a dossier's content. */
export interface LiveEvents {
  /** Something the person may see has changed; what, is asked anew. */
  readonly changed: { readonly position: number };
  /** One of the reader's alerts, as it is recorded and whenever it changes. */
  readonly alert: components['schemas']['AlertView'];
  readonly 'caught-up': unknown;
  readonly presence: {
    readonly dossierId: string;
    readonly people: readonly { readonly id: string; readonly name: string }[];
  };
  readonly 'signed-out': unknown;
}

type LiveEvent = keyof LiveEvents;
interface Told {
  readonly event: LiveEvent;
  readonly data: unknown;
  /** The id of the last alert so far, behind which another connection goes on; empty before the first. */
  readonly position: string;
}

const events: readonly LiveEvent[] = ['changed', 'alert', 'caught-up', 'presence', 'signed-out'];

const listeners = new Set<(told: Told) => void>();

let position: string | undefined;

/**
 * Begins to hear. One tab of the browser keeps the connection and hands on to the others what it hears: browsers allow six
 * connections to one origin over HTTP/1.1, and a seventh tab would hang. When that tab closes, the next one takes over.
 */
export function startLive(): void {
  const channel = new BroadcastChannel('motcua-live');
  channel.onmessage = ({ data }: MessageEvent<Told>) => tell(data);
  const hear = (event: LiveEvent) => (message: MessageEvent<string>) => {
    const told: Told = { event, data: JSON.parse(message.data), position: message.lastEventId };
    channel.postMessage(told);
    tell(told);
  };
  let failures = 0;
  const connect = (): void => {
    const source = new EventSource(withQuery('/api/live', { after: position }));
    for (const event of events) source.addEventListener(event, hear(event));
    source.onopen = () => (failures = 0);
    // By themselves browsers come again all at the same time after the same pause, and not at all after a refusal: signed out, or
    // without a post.
    source.onerror = () => {
      source.close();
      failures += 1;
      setTimeout(connect, pauseMs(failures));
    };
  };
  void navigator.locks.request('motcua-live', () => {
    connect();
    return new Promise<never>(() => undefined); // Held until the tab closes.
  });
}

/** Does something each time an event is told, in whichever tab it arrived. */
export function useLive<Event extends LiveEvent>(event: Event, act: (data: LiveEvents[Event]) => void): void {
  const onTold = useEffectEvent((told: Told) => {
    if (told.event === event) act(told.data as LiveEvents[Event]);
  });
  useEffect(() => {
    const listener = (told: Told) => onTold(told);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
}

function tell(told: Told): void {
  if (told.position !== '') position = told.position;
  for (const listener of listeners) listener(told);
}
