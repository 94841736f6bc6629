import { Button, List } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call';
import { meQuery, timeQuery } from '../api/reads';
import { Problem } from '../api/problem';
import { sessionQuery, signInAddress, type Session } from '../api/session';
import { startLive } from '../live/live';
import { setStackTime } from '../now';
import { Failed, Loading, Notice } from '../parts/states';
import { languages, speak } from '../words/words';
import { router } from './router';

/** The console from the first request on: who is signed in, in which post, and what time it is; then the pages. */
export function App() {
  const { data: session, error, refetch } = useQuery(sessionQuery);
  const isSignedOut = error instanceof Problem && error.status === 401;
  useEffect(() => {
    if (isSignedOut) location.assign(signInAddress(location.pathname + location.search));
  }, [isSignedOut]);
  if (session)
    return <Main>{session.post === null ? <WithoutPost session={session} /> : <Started session={session} />}</Main>;
  return <Alone>{error && !isSignedOut ? <Failed error={error} retry={() => void refetch()} /> : <Loading />}</Alone>;
}

function Main({ children }: { readonly children: ReactNode }) {
  const { data: session } = useSuspenseQuery(sessionQuery);
  useEffect(() => {
    const chosen = languages.find((language) => language === session.language);
    if (chosen) void speak(chosen);
  }, [session.language]);
  return children;
}

/** Pages reckon with the office's zone and the stack's time, so both come first. */
function Started({ session }: { readonly session: Session }) {
  const me = useQuery(meQuery);
  const time = useQuery(timeQuery);
  const [isReady, setIsReady] = useState(false);
  useEffect(() => {
    if (!time.data) return;
    setStackTime(time.data);
    setIsReady(true);
  }, [time.data]);
  useEffect(startLive, [session.official.id]);
  const failed = me.error ?? time.error;
  if (failed) {
    const retry = () => void Promise.all([me.refetch(), time.refetch()]);
    return (
      <Alone>
        <Failed error={failed} retry={retry} />
      </Alone>
    );
  }
  if (isReady && me.data) return <RouterProvider router={router} />;
  return (
    <Alone>
      <Loading />
    </Alone>
  );
}

/** Somebody who holds several posts says in which they act; somebody who holds none is told whom to ask. */
function WithoutPost({ session }: { readonly session: Session }) {
  const { t } = useTranslation('frame');
  const [error, setError] = useState<unknown>(null);
  const choose = (postId: string) =>
    void call('/api/post', { method: 'POST', body: { postId } }).then(() => location.reload(), setError);
  const leave = () => void call('/sign-out', { method: 'POST', body: {} }).then(() => location.assign('/'), setError);
  return (
    <Alone>
      {session.posts.length === 0 ? (
        <Notice title={t('no-post.title')} action={<Button onClick={leave}>{t('user.sign-out')}</Button>}>
          {t('no-post.text', { name: session.official.name })}
        </Notice>
      ) : (
        <Notice title={t('choose-post.title')}>
          <List listStyleType="none" spacing="xs">
            {session.posts.map(({ id, name, officeName }) => (
              <List.Item key={id}>
                <Button variant="default" onClick={() => choose(id)}>
                  {name}, {officeName}
                </Button>
              </List.Item>
            ))}
          </List>
        </Notice>
      )}
      {error !== null && <Failed error={error} />}
    </Alone>
  );
}

/** A page without the frame. */
function Alone({ children }: { readonly children: ReactNode }) {
  return <main className="motcua-alone">{children}</main>;
}
