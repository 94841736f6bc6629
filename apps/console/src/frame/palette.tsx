import '@mantine/spotlight/styles.css';
import { Spotlight, spotlight, type SpotlightActionData } from '@mantine/spotlight';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../api/session';
import { useFocusBack } from '../parts/focus-back';
import { queueViews } from '../queue/views';
import { savedViewsOf } from '../queue/saved';
import { usePaletteActions } from './actions';
import { menuOf } from './pages';

/** Anything with a digit in it may be (a part of) a dossier's code. */
const codeLike = /^[\w.-]*\d[\w.-]*$/;

/** Everything by typing: pages, views of the queue, what the open page can do, a dossier by its code. */
export default function Palette({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('frame');
  const { data: session } = useSuspenseQuery(sessionQuery);
  const navigate = useNavigate();
  const ofPage = usePaletteActions();
  const [query, setQuery] = useState('');
  useEffect(() => spotlight.open(), []);
  useFocusBack();
  const wanted = query.trim().toUpperCase();
  const actions: SpotlightActionData[] = [
    ...(codeLike.test(wanted)
      ? [
          {
            id: 'code',
            label: t('palette.code', { code: wanted }),
            keywords: query,
            onClick: () => void navigate({ to: '/dossiers/$code', params: { code: wanted } }),
          },
        ]
      : []),
    ...ofPage.map(({ id, label, run }) => ({ id: `page-${id}`, label, onClick: run })),
    ...menuOf(session.rights).map(({ id, path }) => ({
      id: `menu-${id}`,
      label: t(`page.${id}`),
      onClick: () => void navigate({ to: path }),
    })),
    ...('read-queue' in session.rights ? queueViews : []).map((view) => ({
      id: `view-${view}`,
      label: t('palette.view', { view: t(`view.${view}`) }),
      onClick: () => void navigate({ to: '/queue', search: { q: view } }),
    })),
    ...('read-queue' in session.rights ? savedViewsOf(session.official.id).read() : []).map(({ name, search }) => ({
      id: `saved-${name}`,
      label: t('palette.view', { view: name }),
      onClick: () => void navigate({ to: '/queue', search }),
    })),
  ];
  return (
    <Spotlight
      onSpotlightClose={close}
      query={query}
      onQueryChange={setQuery}
      title={t('palette.title')}
      styles={{ header: { display: 'none' } }}
      actions={actions}
      limit={12}
      searchProps={{ placeholder: t('palette.placeholder'), 'aria-label': t('palette.placeholder') }}
      nothingFound={t('palette.nothing')}
      shortcut={null}
    />
  );
}
