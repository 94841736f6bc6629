import { Text } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call';
import { useLive, type LiveEvents } from './live';
import { useUnasked } from './unasked';

type People = LiveEvents['presence']['people'];

/** The gateway forgets who has not said so for 45 seconds. */
const SAY_EACH_MS = 20_000;

/** Says whether a dossier is open here, and hears who else has it open. */
async function saidOf(dossierId: string, open: boolean): Promise<People> {
  const body = { dossierId, open };
  return (await call<{ people: People }>('/api/presence', { method: 'POST', body, keepalive: !open })).body.people;
}

/** Says that this dossier is open here, and who else has it open, so that two do not do the same thing. A hint, no lock. */
export function AlsoHere({ dossierId }: { readonly dossierId: string }) {
  const { t, i18n } = useTranslation('dossier');
  const [people, setPeople] = useState<People>([]);
  useLive('presence', (told) => {
    if (told.dossierId === dossierId) setPeople(told.people);
  });
  // Who else is here is a courtesy; whatever hinders it shows where it matters.
  const say = () => void saidOf(dossierId, true).then(setPeople, () => setPeople([]));
  const onOpen = useEffectEvent(say);
  useEffect(() => {
    const leave = () => void saidOf(dossierId, false).catch(() => undefined); // It is forgotten soon in any case.
    onOpen();
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      leave();
    };
  }, [dossierId]);
  useUnasked(say, SAY_EACH_MS, false);
  const names = new Intl.ListFormat(i18n.language).format(people.map(({ name }) => name));
  return (
    <Text role="status" size="sm" fw={700} mb={people.length > 0 ? 'sm' : 0}>
      {people.length > 0 ? t('here-too', { names }) : ''}
    </Text>
  );
}
