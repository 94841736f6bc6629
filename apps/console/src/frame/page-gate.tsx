import { useSuspenseQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../api/session';
import { NoRight } from '../parts/states';
import type { Page } from './pages';

/** Shows a page to those who may see it, and tells the others. Desk decides again at every request. */
export function PageGate({ page, children }: { readonly page: Page; readonly children: ReactNode }) {
  const { t } = useTranslation('frame');
  const { data } = useSuspenseQuery(sessionQuery);
  const title = t(`page.${page.id}`);
  useEffect(() => {
    document.title = `${title} · Motcua`;
  }, [title]);
  return page.right === null || page.right in data.rights ? children : <NoRight />;
}
