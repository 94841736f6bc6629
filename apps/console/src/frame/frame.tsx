import { AppShell, Burger, Button, Group, NavLink, Text } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../api/session';
import { sessionEnded, useWhySignIn } from '../api/signed-out';
import { useLive } from '../live/live';
import { Loading } from '../parts/states';
import { CodeBox } from './code-box';
import { useKey } from './keys';
import { menuOf } from './pages';
import { resume } from './sign-in-again';

const UserMenu = lazy(() => import('./user-menu'));
const Palette = lazy(() => import('./palette'));
const KeyList = lazy(() => import('./key-list'));
const SignInAgain = lazy(() => import('./sign-in-again-dialog'));

/** What is around every page: menu from the person's rights, the box for a code, palette, keys, and the end of the session. */
export function Frame() {
  const { t } = useTranslation('frame');
  const { data: session } = useSuspenseQuery(sessionQuery);
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const [overlay, setOverlay] = useState<'palette' | 'keys' | null>(null);
  const whySignIn = useWhySignIn();
  // It may go on under another id, because they signed in again in another window.
  useLive('signed-out', () => void resume(session, 'session-over').catch(sessionEnded));
  useKey('mod+k', t('keys.palette'), () => setOverlay('palette'));
  useKey('?', t('keys.list'), () => setOverlay('keys'));
  const close = () => setOverlay(null);
  return (
    <AppShell
      header={{ height: session.demo ? 80 : 52 }}
      navbar={{ width: 200, breakpoint: 'sm', collapsed: { mobile: !isMenuOpen } }}
      padding="md"
    >
      <AppShell.Header className="motcua-header">
        <a className="motcua-skip" href="#content">
          {t('skip')}
        </a>
        {session.demo && (
          <Text className="motcua-demo" size="sm">
            {t('demo')}
          </Text>
        )}
        <Group justify="space-between" wrap="nowrap" px="md" h={52}>
          <Group gap="sm" wrap="nowrap">
            <Burger
              hiddenFrom="sm"
              size="sm"
              opened={isMenuOpen}
              onClick={() => setIsMenuOpen(!isMenuOpen)}
              aria-label={t('menu')}
            />
            <Link to="/" className="motcua-brand">
              Motcua
            </Link>
          </Group>
          <CodeBox />
          <Group gap="xs" wrap="nowrap">
            <Button variant="default" size="compact-sm" visibleFrom="sm" onClick={() => setOverlay('palette')}>
              {t('palette.open')}
            </Button>
            <Suspense fallback={<Text size="sm">{session.official.name}</Text>}>
              <UserMenu session={session} openKeys={() => setOverlay('keys')} />
            </Suspense>
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs" aria-label={t('menu')}>
        <Menu close={() => setIsMenuOpen(false)} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </AppShell.Main>
      <Suspense>
        {overlay === 'palette' && <Palette close={close} />}
        {overlay === 'keys' && <KeyList close={close} />}
        {whySignIn !== null && <SignInAgain session={session} why={whySignIn} />}
      </Suspense>
    </AppShell>
  );
}

function Menu({ close }: { readonly close: () => void }) {
  const { t } = useTranslation('frame');
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { pathname } = useLocation();
  return menuOf(session.rights).map(({ id, path }) => {
    const isActive = pathname === path || pathname.startsWith(`${path}/`);
    return (
      <NavLink
        key={id}
        component={Link}
        to={path}
        label={t(`page.${id}`)}
        active={isActive}
        aria-current={isActive ? 'page' : undefined}
        onClick={close}
      />
    );
  });
}
