import { useEffect } from 'react';

/**
 * Who opened it goes on from where they were when it closes, or from the beginning of the page's content where that is gone. Mantine
 * remembers the place only of what is drawn before it opens, and ours is drawn when it opens. One that takes the place of another
 * goes back to where that one was opened from.
 */
export function useFocusBack(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (document.activeElement !== null && document.activeElement !== document.body) return; // Something else has it already.
      const isThere = before instanceof HTMLElement && before.isConnected && before !== document.body;
      (isThere ? before : document.getElementById('content'))?.focus({ preventScroll: true });
    };
  }, []);
}
