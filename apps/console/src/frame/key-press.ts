/** What decides about a key press; a `KeyboardEvent` is one. */
export interface KeyPress {
  readonly key: string;
  readonly isComposing: boolean;
  readonly keyCode: number;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly defaultPrevented: boolean;
}

/** Some input methods report a press that belongs to a composition by this code alone. */
const COMPOSED = 229;

/** True while an input method composes: then every key, Enter too, is its own. */
export function isComposed({ isComposing, keyCode }: Pick<KeyPress, 'isComposing' | 'keyCode'>): boolean {
  return isComposing || keyCode === COMPOSED;
}

/**
 * The name of the key that was meant as a command, or null. Ctrl (or ⌘) with K is `mod+k`, everywhere. Single signs act outside of
 * fields only (an arrow with Shift is `shift+ArrowDown`), and never while an input method composes: Telex and VNI write Vietnamese with ordinary letters. Alt is left to
 * the browser and to input methods.
 */
export function commandKeyOf(press: KeyPress, inField: boolean): string | null {
  if (isComposed(press) || press.altKey || press.defaultPrevented) return null;
  const key = press.key.length === 1 ? press.key.toLowerCase() : press.key;
  if (press.ctrlKey || press.metaKey) return key === 'k' ? 'mod+k' : null;
  if (inField) return null;
  return press.shiftKey && key.startsWith('Arrow') ? `shift+${key}` : key;
}
