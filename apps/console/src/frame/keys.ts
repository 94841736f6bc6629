import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { commandKeyOf } from './key-press';

/** A key and what it does, as `?` lists it. */
export interface KeyOffer {
  readonly key: string;
  readonly label: string;
}

let offers: readonly (KeyOffer & { readonly act: () => void })[] = [];
const listeners = new Set<() => void>();

/** Offers a key as long as the component is shown; what was offered last wins. `label` says what it does, in the list of keys. */
export function useKey(key: string, label: string, act: () => void): void {
  const onPress = useEffectEvent(act);
  useEffect(() => {
    const offer = { key, label, act: () => onPress() };
    change([...offers, offer]);
    return () => change(offers.filter((one) => one !== offer));
  }, [key, label]);
}

/** The keys that work on this page now. */
export function useKeyOffers(): readonly KeyOffer[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => offers,
  );
}

/** Begins to listen to the keyboard, once for the whole console. */
export function startKeys(): void {
  document.addEventListener('keydown', (event) => {
    const key = commandKeyOf(event, isField(event.target));
    // In a dialog the page behind it does not answer.
    if (key === null || (key !== 'mod+k' && document.querySelector('[role="dialog"]') !== null)) return;
    const offer = offers.findLast((one) => one.key === key);
    if (!offer) return;
    event.preventDefault();
    offer.act();
  });
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}

function change(next: typeof offers): void {
  offers = next;
  for (const listener of listeners) listener();
}
