import type { KeyboardEvent } from 'react';
import { isComposed } from '../frame/key-press';

/**
 * Enter goes to the next field, as on the till and after a scanner: nothing is sent before everything was seen. Ctrl (or ⌘) with
 * Enter sends, from anywhere in the form.
 */
export function pressInForm(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== 'Enter' || isComposed(event.nativeEvent)) return;
  const { target } = event;
  if (event.ctrlKey || event.metaKey) {
    event.preventDefault();
    event.currentTarget.requestSubmit();
  } else if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) {
    event.preventDefault();
    nextField(event.currentTarget, target)?.focus();
  }
}

/** A group of radio buttons is one field: the checked one stands for it. */
function nextField(form: HTMLFormElement, from: HTMLElement): HTMLElement | undefined {
  const fields = [...form.querySelectorAll<HTMLElement>('input:not([type=radio]), input:checked, select, button')];
  const here = fields.indexOf(from);
  return fields.slice(here + 1).find((field) => !field.matches(':disabled, [tabindex="-1"]'));
}
