import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ClockState } from '../api/views';
import { spokenTimeOf } from './working-time';

/** "2 days 3 hours" of working time, in the page's language. */
export function workingTimeWords(t: TFunction<'clock'>, workingMs: number): string {
  const { days, hours, minutes } = spokenTimeOf(workingMs);
  const said = [
    ...(days > 0 ? [t('days', { count: days })] : []),
    ...(hours > 0 ? [t('hours', { count: hours })] : []),
    ...(minutes > 0 ? [t('minutes', { count: minutes })] : []),
  ];
  return said.length === 0 ? t('under-a-minute') : said.join(' ');
}

/** The state of a clock in words: how late, how much is left, or that it stands still. */
export function useClockWords(): (state: ClockState, workingMsLeft: number | null) => string {
  const { t } = useTranslation('clock');
  return (state, workingMsLeft) => {
    if (state === 'paused' || state === 'done' || workingMsLeft === null) return t(`state.${state}`);
    const time = workingTimeWords(t, workingMsLeft);
    return state === 'late' ? t('late-by', { time }) : t('left', { time });
  };
}
