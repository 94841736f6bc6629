import { useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../api/reads';

type Detail = 'day' | 'minute' | 'second';

const forms: Readonly<Record<Detail, Intl.DateTimeFormatOptions>> = {
  day: { weekday: 'short', day: '2-digit', month: '2-digit', year: 'numeric' },
  minute: { weekday: 'short', day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' },
  second: { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

/** Writes instants as the office's clock shows them, or that of a zone (an IANA name), in the page's language. */
export function useMomentWords(): (at: string, detail?: Detail, timeZone?: string) => string {
  const { i18n } = useTranslation('frame');
  const { data } = useSuspenseQuery(meQuery);
  return (at, detail = 'minute', timeZone) =>
    formatOf(i18n.language, detail, timeZone ?? data.timeZone).format(Date.parse(at));
}

/** A formatter takes longer to make than to use, and a list shows a hundred moments. */
const kept = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: string, detail: Detail, timeZone: string | null): Intl.DateTimeFormat {
  const key = [language, detail, timeZone].join();
  const known = kept.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(localeOf(language), { ...forms[detail], hourCycle: 'h23', ...inZone(timeZone) });
  kept.set(key, made);
  return made;
}

/** Days are typed day first in every language here, so they are shown so in English too. */
export function localeOf(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}

/** Only while an office has no calendar the computer's own zone has to do. */
function inZone(timeZone: string | null): { readonly timeZone?: string } {
  return timeZone === null ? {} : { timeZone };
}

/** An absolute moment in the office's zone. `at` is an ISO 8601 instant. */
export function Moment({ at, detail = 'minute' }: { readonly at: string; readonly detail?: Detail }) {
  const words = useMomentWords();
  return <time dateTime={at}>{words(at, detail)}</time>;
}
