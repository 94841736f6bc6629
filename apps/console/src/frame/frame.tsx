import { AppShell, Badge, Burger, Button, Group, NavLink, Text, VisuallyHidden } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Suspense, lazy, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { alertWords, useOpenAlerts, type OpenAlerts } from '../alerts/open-alerts';
import { sessionQuery } from '../api/session';
import { sessionEnded, useWhySignIn } from '../api/signed-out';
import { useLive } from '../live/live';
import { Loading } from '../parts/states';
import { CodeBox } from './code-box';
import { useKey } from './keys';
import { menuOf, type Page } from './pages';
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
  const menu = menuOf(session.rights);
  const alerts = useOpenAlerts(menu.some(({ id }) => id === 'alerts'));
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
            {alerts.count > 0 && (
              <Text component={Link} to="/alerts" hiddenFrom="sm" flex="none">
                <AlertCount alerts={alerts} />
              </Text>
            )}
            <VisuallyHidden role="status">{alerts.count > 0 && alertWords(t, alerts)}</VisuallyHidden>
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
        <Menu pages={menu} alerts={alerts} close={() => setIsMenuOpen(false)} />
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

/** How many alerts nobody has taken up: a figure to the eye, a sentence to the ear. */
function AlertCount({ alerts }: { readonly alerts: OpenAlerts }) {
  const { t } = useTranslation('frame');
  return (
    <Badge size="lg" color="var(--motcua-late-fill)">
      <span aria-hidden="true">
        {alerts.count}
        {alerts.isAtLeast && '+'}
      </span>
      <VisuallyHidden>{alertWords(t, alerts)}</VisuallyHidden>
    </Badge>
  );
}

interface MenuProps {
  readonly pages: readonly Page[];
  readonly alerts: OpenAlerts;
  readonly close: () => void;
}

function Menu({ pages, alerts, close }: MenuProps) {
  const { t } = useTranslation('frame');
  const { pathname } = useLocation();
  return pages.map(({ id, path }) => {
    const isActive = pathname === path || pathname.startsWith(`${path}/`);
    return (
      <NavLink
        key={id}
        component={Link}
        to={path}
        label={t(`page.${id}`)}
        rightSection={id === 'alerts' && alerts.count > 0 && <AlertCount alerts={alerts} />}
        active={isActive}
        aria-current={isActive ? 'page' : undefined}
        onClick={close}
      />
    );
  });
}
