import { randomUUID } from 'node:crypto';
import type { Language } from '#contracts';
import { html, type Html } from '../pages/html';
import type { Receipt, SaidKind, SeenDossier } from './look-ups';
import type { TrackWords } from './words';

/** What was sent and taken, or what was sent and refused and why, with what was typed. */
export type Outcome =
  { readonly sent: SaidKind } | { readonly refused: SaidKind; readonly code: string; readonly typed: string };

/** What the parts of the page are made with. */
export interface Writing {
  readonly language: Language;
  readonly words: TrackWords;
  readonly receipt: Receipt;
  readonly wall: (instant: string) => string;
  readonly outcome: Outcome | null;
}

/** The longest text of each form. */
export const longest = { message: 2000, rating: 2000, complaint: 1900 } as const satisfies Record<SaidKind, number>;

/** That something was sent, or why it was not; read out first. */
export function outcomeOf({ words, outcome }: Writing): Html | null {
  if (outcome === null) return null;
  if ('sent' in outcome) return html`<p class="sent" role="status">${words.sent[outcome.sent]}</p>`;
  return html`<div class="box" role="alert">
    <h2>${words.error}</h2>
    <p><a href="#${outcome.refused}">${words.refusal[outcome.code] ?? words.notSent}</a></p>
  </div>`;
}

/** What the office and the applicant wrote to each other, and where to write. */
export function threadOf({ messages, canWrite }: SeenDossier, writing: Writing): Html | null {
  const { words, wall } = writing;
  if (messages.length === 0 && !canWrite) return null;
  const shown = messages.map(
    ({ at, from, text }) =>
      html`<li class="${from}">
        <p class="quiet"><strong>${words.from[from]}</strong> · ${wall(at)}</p>
        <p class="said">${text}</p>
      </li>`,
  );
  return html`<h2>${words.thread}</h2>
    ${
      shown.length > 0
        ? html`<ol class="thread">
            ${shown}
          </ol>`
        : null
    }
    ${
      canWrite
        ? formOf(writing, 'message', words.send, [
            textOf(writing, 'message', { label: words.write, hint: words.writeHint, required: true }),
          ])
        : null
    }`;
}

/** How they found it, after the result and once. */
export function ratingOf({ feedback }: SeenDossier, writing: Writing): Html | null {
  const { words } = writing;
  if (feedback === 'not-yet') return null;
  if (feedback === 'given') {
    return html`<h2>${words.rating}</h2>
      <p>${words.ratingGiven}</p>`;
  }
  const choices = words.ratings.map((word, index) => choice('rating', String(index + 1), word));
  return html`<h2>${words.rating}</h2>
    ${formOf(writing, 'rating', words.rate, [
      html`<fieldset>
        <legend>${words.ratingAsked}</legend>
        ${choices}
      </fieldset>`,
      textOf(writing, 'rating', { label: words.ratingWords, hint: words.ratingHint, required: false }),
    ])}`;
}

/** Folded: it is for the few, and must be found by them. */
export function complaintOf({ canComplain }: SeenDossier, writing: Writing): Html | null {
  const { words, outcome } = writing;
  if (!canComplain) return null;
  const isOpen = outcome !== null && 'refused' in outcome && outcome.refused === 'complaint';
  return html`<h2 class="screen">${words.complaint}</h2>
    <details class="screen" ${isOpen ? html`open` : null}>
      <summary>${words.complaintOpen}</summary>
      <p>${words.complaintHow}</p>
      ${formOf(writing, 'complaint', words.complain, [
        html`<fieldset>
          <legend>${words.complaintAbout}</legend>
          ${choice('about', 'holder', words.aboutHolder)} ${choice('about', 'office', words.aboutOffice)}
        </fieldset>`,
        textOf(writing, 'complaint', { label: words.complaintText, hint: words.complaintHint, required: true }),
      ])}
    </details>`;
}

/** Sent with code and secret, so that no other site can send it; and under a key, so that two presses send it once. */
function formOf({ language, receipt }: Writing, kind: SaidKind, button: string, fields: readonly Html[]): Html {
  return html`<form method="post" action="/track/${kind}" class="screen">
    <input type="hidden" name="language" value="${language}" />
    <input type="hidden" name="code" value="${receipt.code}" />
    <input type="hidden" name="secret" value="${receipt.secret}" />
    <input type="hidden" name="key" value="${randomUUID()}" />
    ${fields}
    <button>${button}</button>
  </form>`;
}

function textOf(
  { outcome }: Writing,
  kind: SaidKind,
  { label, hint, required }: { label: string; hint: string; required: boolean },
): Html {
  const typed = outcome !== null && 'refused' in outcome && outcome.refused === kind ? outcome.typed : '';
  return html`<label for="${kind}">${label}</label>
    <p class="hint" id="${kind}-hint">${hint}</p>
    <textarea
      id="${kind}"
      name="text"
      rows="5"
      maxlength="${longest[kind]}"
      aria-describedby="${kind}-hint"
      ${required ? html`required` : null}
    >
${typed}</textarea>`;
}

function choice(name: string, value: string, label: string): Html {
  return html`<label class="choice"
    ><input type="radio" name="${name}" value="${value}" required /> <span>${label}</span></label
  >`;
}
