import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { instantsOf, writtenDay } from './days';
import { useAddress, type Address } from './address';
import { typedDay } from './typed-moment';

/** What every log is asked by; a log may have filters of its own beside these. */
type Filter<Own extends string> = Own | 'official' | 'from' | 'until';

/** The filters of a log as they are typed. What is asked for stands in the address; `meant` says how a filter of the log's own does there. */
export function useLogFilters<Own extends string>(
  address: Address,
  own: readonly Own[],
  meant: (typed: Readonly<Record<Own, string>>) => Partial<Record<Own, string>> = () => ({}),
) {
  const { t, i18n } = useTranslation('frame');
  const [, change] = useAddress();
  const [typed, setTyped] = useState(() => typedFilters(address, own, i18n.language));
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const inputOf = (name: Filter<Own>) => ({
    name,
    value: typed[name],
    change: (value: string) => setTyped({ ...typed, [name]: value }),
    error: wrong.includes(name) ? t('form.date-wrong') : undefined,
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const bad = (['from', 'until'] as const).filter((name) => typed[name] !== '' && typedDay(typed[name]) === null);
    setWrong(bad);
    if (bad.length > 0) return;
    change({ ...typed, ...meant(typed), from: typedDay(typed.from) ?? '', until: typedDay(typed.until) ?? '' });
  };
  return { inputOf, submit };
}

function typedFilters<Own extends string>(address: Address, own: readonly Own[], language: string) {
  const dayOf = (name: 'from' | 'until') => {
    const day = typedDay(address[name] ?? '');
    return day === null ? '' : writtenDay(day, language);
  };
  const texts = Object.fromEntries(own.map((name) => [name, address[name] ?? '']));
  return { ...texts, official: address['official'] ?? '', from: dayOf('from'), until: dayOf('until') } as Readonly<
    Record<Filter<Own>, string>
  >;
}

/** The instants between which lines are asked for: from the first day's beginning to the last day's end; undefined where no day is said. */
export function instantsAsked(address: Address, timeZone: string | null) {
  const [from, until] = [typedDay(address['from'] ?? ''), typedDay(address['until'] ?? '')];
  return {
    from: from === null ? undefined : instantsOf({ from, until: from }, timeZone).from,
    until: until === null ? undefined : instantsOf({ from: until, until }, timeZone).until,
  };
}
