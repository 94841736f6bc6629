import { Button, Group } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { directoryQuery } from '../api/reads';
import { sessionQuery } from '../api/session';
import { useAddress } from '../parts/address';
import { writtenDay, type Days } from '../parts/days';
import { DayField } from '../parts/fields';
import { typedDay } from '../parts/typed-moment';
import { officesUnder } from './figures';
import { OfficeField } from './office-field';
import { daysOf, presets } from './period';

interface PeriodFormProps {
  readonly days: Days;
  readonly officeId: string;
  /** The office's day, `YYYY-MM-DD`. */
  readonly today: string;
}

/** Which period and office: a month or year by one press, or days as typed. All of it goes into the address. */
export function PeriodForm({ days, officeId, today }: PeriodFormProps) {
  const { t, i18n } = useTranslation('figures');
  const [, change] = useAddress();
  const [typed, setTyped] = useState({
    from: writtenDay(days.from, i18n.language),
    until: writtenDay(days.until, i18n.language),
  });
  const [office, setOffice] = useState(officeId);
  const [wrong, setWrong] = useState<{ readonly from?: string | undefined; readonly until?: string | undefined }>({});
  const offices = useOfficesToCount();
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const [from, until] = [typedDay(typed.from), typedDay(typed.until)];
    const isReversed = from !== null && until !== null && from > until;
    setWrong({
      from: from === null ? t('frame:form.date-wrong') : from > today ? t('future') : undefined,
      until: until === null ? t('frame:form.date-wrong') : isReversed ? t('order-wrong') : undefined,
    });
    if (from === null || until === null || isReversed || from > today) return;
    change({ from, until, office });
  };
  return (
    <form onSubmit={submit} noValidate className="motcua-no-print">
      <Group gap="xs" role="group" aria-label={t('period')} mt="xs">
        {presets.map((preset) => {
          const { from, until } = daysOf(preset, today);
          const isChosen = days.from === from && days.until === until;
          return (
            <Button
              key={preset}
              size="compact-sm"
              variant={isChosen ? 'filled' : 'default'}
              aria-pressed={isChosen}
              onClick={() => change({ from, until })}
            >
              {t(`preset.${preset}`)}
            </Button>
          );
        })}
      </Group>
      <Group align="end" gap="sm" my="sm">
        <DayField
          name="from"
          label={t('from')}
          value={typed.from}
          error={wrong.from}
          change={(from) => setTyped({ ...typed, from })}
        />
        <DayField
          name="until"
          label={t('until')}
          value={typed.until}
          error={wrong.until}
          change={(until) => setTyped({ ...typed, until })}
        />
        <OfficeField value={office} offices={offices} change={setOffice} />
        <Button type="submit">{t('count')}</Button>
      </Group>
    </form>
  );
}

/** The offices by which the reader may ask, as far as their right reaches; desk decides again. */
function useOfficesToCount(): readonly { readonly id: string; readonly name: string }[] {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { data: directory } = useQuery(directoryQuery);
  const root = session.rights['read-statistics'] === 'everywhere' ? null : (session.post?.officeId ?? '');
  return officesUnder(directory?.offices ?? [], root);
}
