import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../api/session';
import { useAddress } from '../parts/address';
import { QueueLink } from '../parts/queue-link';
import { renamed, savedViewsOf, withView, type SavedView } from './saved';

/** The reader's own views: an address under a name. Saving, opening, renaming and removing. */
export function SavedViews() {
  const { t } = useTranslation('queue');
  const { data: session } = useSuspenseQuery(sessionQuery);
  const store = savedViewsOf(session.official.id);
  const [views, setViews] = useState(() => store.read());
  const [isOpen, setIsOpen] = useState(false);
  const [address] = useAddress();
  const [name, setName] = useState('');
  const keep = (next: readonly SavedView[]) => {
    store.keep(next);
    setViews(next);
  };
  const save = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (name.trim() === '') return;
    keep(withView(views, { name: name.trim(), search: address }));
    setName('');
  };
  return (
    <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button size="compact-sm" variant="default" className="motcua-no-print" onClick={() => setIsOpen(!isOpen)}>
          {t('saved.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('saved.title')}>
        <Stack gap="xs" w={300}>
          {views.length === 0 && <Text size="sm">{t('saved.none')}</Text>}
          {views.map((view) => (
            <SavedLine
              key={view.name}
              view={view}
              close={() => setIsOpen(false)}
              rename={(to) => {
                const next = renamed(views, view.name, to);
                if (next !== null) keep(next);
              }}
              remove={() => keep(views.filter((one) => one !== view))}
            />
          ))}
          <form onSubmit={save}>
            <Group gap="xs" align="end" wrap="nowrap">
              <TextInput
                size="xs"
                label={t('saved.name')}
                value={name}
                maxLength={60}
                autoComplete="off"
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button type="submit" size="xs">
                {t('saved.save')}
              </Button>
            </Group>
          </form>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface SavedLineProps {
  readonly view: SavedView;
  readonly close: () => void;
  readonly rename: (name: string) => void;
  readonly remove: () => void;
}

function SavedLine({ view: { name, search }, close, rename, remove }: SavedLineProps) {
  const { t } = useTranslation('queue');
  const [typed, setTyped] = useState<string | null>(null);
  if (typed !== null) {
    const submit = (event: SubmitEvent<HTMLFormElement>) => {
      event.preventDefault();
      rename(typed);
      setTyped(null);
    };
    return (
      <form onSubmit={submit}>
        <TextInput
          size="xs"
          aria-label={t('saved.rename', { name })}
          value={typed}
          maxLength={60}
          data-autofocus
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </form>
    );
  }
  return (
    <Group gap={4} wrap="nowrap" justify="space-between">
      <QueueLink search={search} onClick={close}>
        {name}
      </QueueLink>
      <Group gap={4} wrap="nowrap">
        <ActionIcon size="sm" variant="default" aria-label={t('saved.rename', { name })} onClick={() => setTyped(name)}>
          ✎
        </ActionIcon>
        <ActionIcon size="sm" variant="default" aria-label={t('saved.remove', { name })} onClick={remove}>
          ×
        </ActionIcon>
      </Group>
    </Group>
  );
}
