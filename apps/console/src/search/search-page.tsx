import { Button, NativeSelect, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call';
import { Empty, Failed, Loading } from '../parts/states';
import { kindOf, searchKinds, searchOf, type SearchKind } from './asked-for';
import { FoundTable, type FoundRow } from './found-table';
import './search.css';

interface SearchResult {
  readonly rows: readonly FoundRow[];
  /** True where more were found than are shown. */
  readonly hasMore: boolean;
}

interface Asked {
  readonly kind: SearchKind;
  readonly text: string;
}

/** Whose applicant stands at the counter: found by code, name, phone or identity number. Nothing of it stands in an address. */
export default function SearchPage() {
  const { t } = useTranslation('search');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<SearchKind | ''>('');
  const [asked, setAsked] = useState<Asked | null>(null);
  const ask = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (text.trim() !== '') setAsked({ text, kind: chosen === '' ? kindOf(text) : chosen });
  };
  return (
    <>
      <Title order={1} size="h3" mb="xs">
        {t('title')}
      </Title>
      <form onSubmit={ask} className="motcua-search">
        <TextInput
          label={t('text')}
          value={text}
          data-autofocus
          autoFocus
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('by')}
          value={chosen}
          onChange={(event) => setChosen(event.currentTarget.value as SearchKind | '')}
          data={[
            { value: '', label: t('kind.any') },
            ...searchKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
          ]}
        />
        <Button type="submit">{t('search')}</Button>
      </form>
      <Text size="sm" c="dimmed" mt={4}>
        {t('logged')}
      </Text>
      {asked && <Found asked={asked} />}
    </>
  );
}

function Found({ asked: { kind, text } }: { readonly asked: Asked }) {
  const { t } = useTranslation('search');
  const { data, error, refetch } = useQuery({
    queryKey: ['search', kind, text],
    queryFn: async () => {
      const answer = await call<SearchResult>('/api/desk/searches', { method: 'POST', body: searchOf(kind, text) });
      return answer.body;
    },
    staleTime: 10_000,
    gcTime: 0, // Names of people are not kept longer than they are shown.
  });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <>
      <Text role="status" mt="sm" mb="xs">
        {t('found', { count: data.rows.length })} ({t(`kind.${kind}`)})
      </Text>
      {data.hasMore && <Text size="sm">{t('more')}</Text>}
      {data.rows.length === 0 ? <Empty>{t('nothing')}</Empty> : <FoundTable rows={data.rows} />}
    </>
  );
}
