import type { Locator, Page } from 'playwright-core';

/** What no key does: a pointer, and a script that puts the focus or a value where it likes. `page.keyboard` is left. */
const notByKeys: ReadonlySet<string | symbol> = new Set([
  ...['mouse', 'touchscreen', 'click', 'dblclick', 'tap', 'hover', 'dragTo', 'dragAndDrop', 'check', 'uncheck'],
  ...['setChecked', 'fill', 'clear', 'selectOption', 'selectText', 'focus', 'press', 'pressSequentially', 'type'],
  ...['dispatchEvent', 'goto', 'reload'],
]);

/** The same page for somebody who has a keyboard alone: what is found in it can be read, and is acted on by keys. */
export function byKeysAlone<T extends object>(pageOrLocator: T): T {
  return new Proxy(pageOrLocator, {
    get(target, name) {
      if (notByKeys.has(name)) throw new Error(`No key does what "${String(name)}" does.`);
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        const answer: unknown = Reflect.apply(value, target, given);
        return isLocator(answer) ? byKeysAlone(answer) : answer;
      };
    },
  });
}

function isLocator(answer: unknown): answer is Locator {
  return answer !== null && typeof answer === 'object' && 'boundingBox' in answer && 'waitFor' in answer;
}

/** More than anybody bears to press Tab. */
const MOST_TABS = 100;

/** Goes to something by Tab, or back to it by Shift and Tab. @throws where it is not reached so */
export async function tabTo(page: Page, wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await wanted.waitFor();
  for (let presses = 0; presses <= MOST_TABS; presses += 1) {
    if (await hasFocus(wanted)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${String(wanted)} is not reached by ${key}.`);
}

async function hasFocus(wanted: Locator): Promise<boolean> {
  return wanted.evaluate((element) => {
    const { document } = globalThis as unknown as { readonly document: { readonly activeElement: unknown } };
    return element === document.activeElement;
  });
}

/** Goes to something that can be pressed, and presses it. */
export async function enter(page: Page, wanted: Locator, key?: 'Tab' | 'Shift+Tab'): Promise<void> {
  await tabTo(page, wanted, key);
  await page.keyboard.press('Enter');
}

/** Chooses in a list what begins with these words, by the arrow. @throws where the list has nothing like it */
export async function choose(page: Page, list: Locator, text: string): Promise<void> {
  await list.locator('option').filter({ hasText: text }).first().waitFor({ state: 'attached' });
  await tabTo(page, list);
  const chosen = list.locator('option:checked');
  const options = await list.locator('option').count();
  for (let presses = 0; presses < options; presses += 1) {
    if ((await chosen.innerText()).startsWith(text)) return;
    await page.keyboard.press('ArrowDown');
  }
  expect(await chosen.innerText()).toContain(text);
}

/** Finds a page, a list or what the page can do in the palette, and goes there or does it. */
export async function byPalette(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const search = page.getByPlaceholder('Trang, lệnh hoặc mã hồ sơ');
  await search.waitFor();
  await page.keyboard.type(text);
  await page.getByRole('dialog').getByText(text, { exact: true }).first().waitFor();
  await page.keyboard.press('Enter');
  await search.waitFor({ state: 'detached' });
}
