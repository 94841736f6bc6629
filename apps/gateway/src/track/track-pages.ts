import { wallTimeInWords } from '#calendar';
import { languages, type Language } from '#contracts';
import { html, type Html } from '../pages/html';
import { languageLinks } from '../pages/page';
import { languageNames } from '../sign-in/words';
import type { Document } from './document';
import { complaintOf, outcomeOf, ratingOf, threadOf, type Outcome } from './exchange';
import type { Receipt, SeenDossier, UsualTime } from './look-ups';
import { trackWords, type TrackWords, type WorkingSpan } from './words';

/** Fewer results would tell of single dossiers rather than of what is usual. */
const fewestResults = 5;

/** Where somebody types what stands on their receipt. `wrong`: nothing was found by what they typed. */
export function formPage(language: Language, { code, wrong }: { code: string; wrong: boolean }): Document {
  const words = trackWords[language];
  const body = html`<h1>${words.title}</h1>
    ${wrong ? errorOf(words) : null}
    <p>${words.intro}</p>
    <form method="post" action="/track">
      <input type="hidden" name="language" value="${language}" />
      <label for="code">${words.code}</label>
      <p class="hint" id="code-hint">${words.codeHint}</p>
      <input
        class="typed"
        id="code"
        name="code"
        value="${code}"
        required
        maxlength="200"
        ${typing}
        aria-describedby="code-hint"
      />
      <label for="secret">${words.secret}</label>
      <p class="hint" id="secret-hint">${words.secretHint}</p>
      <input
        class="typed short"
        id="secret"
        name="secret"
        required
        maxlength="200"
        ${typing}
        aria-describedby="secret-hint"
      />
      <button>${words.lookUp}</button>
    </form>
    <p class="screen"><br /><a href="/track/usual-times?language=${language}">${words.usualTitle}</a></p>`;
  const title = wrong ? `${words.error}: ${words.title}` : words.title;
  return { language, title, body, otherLanguages: links(language, '/track') };
}

/** No help with spelling for what is no word, and nothing kept on a telephone that others use too. */
const typing = html`autocomplete="off" autocapitalize="characters" spellcheck="false"`;

/** A dossier, for whoever holds its receipt; `outcome`: what became of what they have just sent. */
export function dossierPage(
  language: Language,
  dossier: SeenDossier,
  receipt: Receipt,
  outcome: Outcome | null,
): Document {
  const words = trackWords[language];
  const { code, clock, office, officePhone, procedure, timeZone } = dossier;
  const wall = (instant: string) => wallTimeInWords(instant, timeZone, language);
  const writing = { language, words, receipt, wall, outcome };
  const body = html`${outcomeOf(writing)}
    <h1>${words.dossier('')}<span class="code">${code}</span></h1>
    ${dossier.sample ? html`<p class="quiet">${words.sample}</p>` : null} ${stateOf(words, dossier, wall)}
    ${excuseOf(words, dossier, wall)} ${todoOf(words, dossier, { wall, language })} ${threadOf(dossier, writing)}
    ${ratingOf(dossier, writing)}
    <h2>${words.dates}</h2>
    <dl>
      <dt>${words.promised}</dt>
      <dd>
        ${clock.promisedAt === null ? words.noLimit : wall(clock.promisedAt)} ${leftOf(words, dossier)}
        ${clock.state === 'paused' && clock.promisedAt !== null ? html`<br /><span class="quiet">${words.movesOn}</span>` : null}
      </dd>
      ${
        clock.firstPromisedAt !== null && clock.firstPromisedAt !== clock.promisedAt
          ? html`<dt>${words.firstPromised}</dt>
              <dd>${wall(clock.firstPromisedAt)}</dd>`
          : null
      }
      <dt>${words.procedure}</dt>
      <dd>${procedure}</dd>
      <dt>${words.office}</dt>
      <dd>${office}</dd>
    </dl>
    ${pausesOf(words, dossier, wall)} ${movesOf(words, dossier, wall)}
    ${
      dossier.eFormCorrectedAt === null
        ? null
        : html`<h2>${words.eForm}</h2>
            <p>${words.eFormCorrected(wall(dossier.eFormCorrectedAt))}</p>`
    }
    <h2>${words.ask}</h2>
    <p>
      ${words.askHow(office, code)}
      ${officePhone === null ? null : html`${words.callUnder} <a href="tel:${digitsOf(officePhone)}">${officePhone}</a>.`}
    </p>
    <h2>${words.usual}</h2>
    <p>${usualOf(words, dossier.usual, dossier.workingHoursPerDay)}</p>
    ${complaintOf(dossier, writing)}
    <p class="screen"><br /><a href="/track?language=${language}">${words.another}</a></p>`;
  const otherLanguages = sameReceiptIn(language, receipt);
  return { language, title: words.dossier(code), body, otherLanguages };
}

type Wall = (instant: string) => string;

function stateOf(words: TrackWords, { status, clock }: SeenDossier, wall: Wall): Html {
  const { headline, meaning } = words.status[status] ?? { headline: status, meaning: '' };
  const shown = clock.state === 'late' ? `${headline} · ${words.lateHeadline}` : headline;
  return html`<div class="state ${clock.state}">
    <p class="headline">${shown}</p>
    ${clock.state === 'late' ? null : html`<p>${meaning}</p>`}
    <p class="quiet">${words.since}: ${wall(clock.since)}</p>
  </div>`;
}

/** Whoever waits longer than promised is owed an apology, with the new date as soon as there is one. */
function excuseOf(words: TrackWords, { clock, apology }: SeenDossier, wall: Wall): Html | null {
  if (clock.state === 'late') return boxed(words.lateTitle, words.late(wall(clock.since)));
  if (apology === null || clock.state === 'ended') return null;
  return boxed(words.apologyTitle, words.apology(wall(apology.at), wall(clock.promisedAt ?? apology.newDate)));
}

/** What is left of the office's working time, as the office itself sees it. */
function leftOf(words: TrackWords, { clock, workingHoursPerDay }: SeenDossier): Html | null {
  const { workingMsLeft } = clock;
  if (workingMsLeft === null) return null;
  const time = words.time(spanOf(Math.abs(workingMsLeft), workingHoursPerDay * 60));
  const isLate = workingMsLeft < 0;
  const inUnits = isLate ? words.lateBy : words.left;
  const said = time === '' ? words.underAMinute[isLate ? 'late' : 'left'] : inUnits(time);
  return html`<br /><span class="quiet">${said}</span>`;
}

/** Rounded down: what is left is never said to be more than it is. */
function spanOf(workingMs: number, minutesPerDay: number): WorkingSpan {
  const minutes = Math.floor(workingMs / 60_000);
  const days = Math.floor(minutes / minutesPerDay);
  const rest = minutes - days * minutesPerDay;
  return { days, hours: Math.floor(rest / 60), minutes: days > 0 ? 0 : Math.floor(rest % 60) };
}

/** Every time the clock stood still, whether that moved the date or not: nobody has to take the office's word for it. */
function pausesOf(words: TrackWords, { clock: { pauses } }: SeenDossier, wall: Wall): Html | null {
  if (pauses.length === 0) return null;
  const told = pauses.map(({ reason, from, until }) => {
    const why = words.pausedFor[reason] ?? reason;
    return html`<li>${words.pause(wall(from), until === null ? null : wall(until), why)}</li>`;
  });
  return html`<h3>${words.pauses}</h3>
    <ol>
      ${told}
    </ol>`;
}

/** Why the date is another than on the receipt: nobody has to guess what it rests on. */
function movesOf(words: TrackWords, { moves }: SeenDossier, wall: Wall): Html | null {
  if (moves.length === 0) return null;
  const promised = (at: string | null) => (at === null ? words.noLimit : wall(at));
  const told = moves.map(({ cause, from, to, letter, legalBasis }) => {
    const sentences = [
      words.movedBy[cause] ?? null,
      letter && words.letter(letter.title, letter.number),
      legalBasis.length > 0 ? words.basis(legalBasis.join('; ')) : null,
    ];
    return html`<li>
      <strong>${words.fromTo(promised(from), promised(to))}</strong>
      ${sentences.filter((sentence) => sentence !== null).join(' ')}
    </li>`;
  });
  return html`<h3>${words.moved}</h3>
    <ol>
      ${told}
    </ol>`;
}

function boxed(title: string, text: string): Html {
  return html`<section class="box">
    <h2>${title}</h2>
    <p>${text}</p>
  </section>`;
}

function todoOf(
  words: TrackWords,
  { status, asked }: SeenDossier,
  { wall, language }: { readonly wall: Wall; readonly language: Language },
): Html | null {
  if (status !== 'awaiting-supplement' && status !== 'awaiting-payment') return null;
  const papers = asked.missing.map((paper) => html`<li>${paper}</li>`);
  return html`<h2>${words.todo}</h2>
    ${
      papers.length > 0
        ? html`<p>${words.missing}</p>
            <ul>
              ${papers}
            </ul>`
        : null
    }
    ${asked.toPay ? html`<p>${words.toPay(moneyInWords(asked.toPay, language))}</p>` : null}
    ${asked.answerDueAt === null ? null : html`<p>${words.answerBy(wall(asked.answerDueAt))}</p>`}
    <p>${words.asIs}</p>`;
}

function moneyInWords(
  { amountMinor, currency }: { amountMinor: number; currency: string },
  language: Language,
): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'code' });
  const { maximumFractionDigits = 0 } = format.resolvedOptions();
  return format.format(amountMinor / 10 ** maximumFractionDigits);
}

/** In whole working days, rounded up: nobody is told less than it takes. */
function usualOf(
  words: TrackWords,
  { results, medianMs, p90Ms }: UsualTime,
  workingHoursPerDay: number | null,
): string {
  const isKnown = results >= fewestResults && medianMs !== null && p90Ms !== null && workingHoursPerDay !== null;
  if (!isKnown) return words.tooFew;
  const inDays = (ms: number) => words.workingDays(Math.max(1, Math.ceil(ms / (workingHoursPerDay * 3_600_000))));
  return words.usually(inDays(p90Ms), inDays(medianMs));
}

/** What can be asked about usual times, and the answer where it was asked. */
export interface UsualTimesAsked {
  readonly offices: readonly { readonly id: string; readonly name: string }[];
  readonly procedures: readonly { readonly code: string; readonly name: string }[];
  readonly workingHoursPerDay: number | null;
  readonly officeId: string;
  readonly procedureCode: string;
  readonly usual: UsualTime | null;
}

/** How long procedures usually take, before anybody hands anything in. */
export function usualTimesPage(language: Language, asked: UsualTimesAsked): Document {
  const words = trackWords[language];
  const { offices, procedures, officeId, procedureCode, usual } = asked;
  const body = html`<h1>${words.usualTitle}</h1>
    <p>${words.usualIntro}</p>
    ${usual && html`<p class="state"><strong>${usualOf(words, usual, asked.workingHoursPerDay)}</strong></p>`}
    <form method="get" action="/track/usual-times">
      <input type="hidden" name="language" value="${language}" />
      <label for="procedure">${words.procedure}</label>
      <select id="procedure" name="procedure" required>
        ${procedures.map(({ code, name }) => option(code, name, procedureCode))}
      </select>
      <label for="office">${words.office}</label>
      <select id="office" name="office" required>
        ${offices.map(({ id, name }) => option(id, name, officeId))}
      </select>
      <button>${words.show}</button>
    </form>
    <p class="screen"><br /><a href="/track?language=${language}">${words.title}</a></p>`;
  const otherLanguages = links(language, '/track/usual-times');
  return { language, title: words.usualTitle, body, otherLanguages };
}

function option(value: string, name: string, chosen: string): Html {
  const selected = value === chosen ? html`selected` : null;
  return html`<option value="${value}" ${selected}>${name}</option>`;
}

/** More look-ups than one person makes. */
export function tooManyPage(language: Language): Document {
  const { tooMany, tooManyHow, another } = trackWords[language];
  return noticePage(language, tooMany, tooManyHow, another);
}

/** What is behind this page does not answer. */
export function awayPage(language: Language): Document {
  const { away, awayHow, another } = trackWords[language];
  return noticePage(language, away, awayHow, another);
}

function noticePage(language: Language, title: string, text: string, back: string): Document {
  const body = html`<h1>${title}</h1>
    <p>${text}</p>
    <p><a class="button" href="/track?language=${language}">${back}</a></p>`;
  return { language, title, body, otherLanguages: links(language, '/track') };
}

function errorOf(words: TrackWords): Html {
  return html`<div class="box" role="alert">
    <h2>${words.error}</h2>
    <p><a href="#code">${words.wrong}</a></p>
  </div>`;
}

function links(language: Language, path: string): Html {
  const label = trackWords[language].language;
  return languageLinks(language, languageNames, label, (other) => `${path}?language=${other}`);
}

/** By a form: a link would put the secret into an address. */
function sameReceiptIn(language: Language, { code, secret }: Receipt): Html {
  const choices = languages.map((other) =>
    other === language
      ? html`<span aria-current="true" lang="${other}">${languageNames[other]}</span>`
      : html`<button name="language" value="${other}" lang="${other}">${languageNames[other]}</button>`,
  );
  return html`<form method="post" action="/track" aria-label="${trackWords[language].language}">
    <input type="hidden" name="code" value="${code}" />
    <input type="hidden" name="secret" value="${secret}" />
    ${choices}
  </form>`;
}

/** A number as telephones dial it. */
function digitsOf(phone: string): string {
  return phone.replaceAll(/[^0-9+]/g, '');
}
