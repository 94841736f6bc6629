import { useSuspenseQuery } from '@tanstack/react-query';
import { Navigate, createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { Suspense, lazy } from 'react';
import { sessionQuery } from '../api/session';
import { Loading, NoRight } from '../parts/states';
import { Frame } from './frame';
import { NotFound } from './not-found';
import { PageGate } from './page-gate';
import { menuOf, pages, type Page } from './pages';
import { SignedIn } from './signed-in';

const root = createRootRoute();
const framed = createRoute({ getParentRoute: () => root, id: 'framed', component: Frame });

const home = createRoute({ getParentRoute: () => framed, path: '/', component: Home });

/** An address that is no page's; inside of the frame, so that the menu is there. */
const elsewhere = createRoute({ getParentRoute: () => framed, path: '$', component: NotFound });

/** Where the window ends that was opened to sign in again. */
const signedIn = createRoute({ getParentRoute: () => root, path: '/signed-in', component: SignedIn });

/** Search params as people write them, `?q=mine&state=late`: a view of a list is its address. */
export const router = createRouter({
  routeTree: root.addChildren([framed.addChildren([home, ...pages.map(routeOf), elsewhere]), signedIn]),
  defaultPreload: false,
  scrollRestoration: true,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const said = Object.entries(search as Record<string, unknown>).filter(
      ([, value]) => typeof value === 'string' && value !== '',
    );
    return said.length === 0 ? '' : `?${new URLSearchParams(said as [string, string][]).toString()}`;
  },
});

/** Where the day begins: the first page of one's own menu. */
function Home() {
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [first] = menuOf(session.rights);
  return first ? <Navigate to={first.path} replace /> : <NoRight />;
}

function routeOf(page: Page) {
  const Content = lazy(page.load);
  return createRoute({
    getParentRoute: () => framed,
    path: page.path,
    component: () => (
      <PageGate page={page}>
        <Suspense fallback={<Loading />}>
          <Content />
        </Suspense>
      </PageGate>
    ),
  });
}
