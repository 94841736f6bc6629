import { Button, Stack, Text, Title } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api/problem';
import { problemWords } from './problem-words';

/** A page that has one thing to say, with what to do next. */
export function Notice({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <Stack gap="xs" align="flex-start" className="motcua-notice">
      <Title order={1} size="h3">
        {title}
      </Title>
      {children !== undefined && <Text component="div">{children}</Text>}
      {action}
    </Stack>
  );
}

/** Nothing is here, and why; for a part of a page that has its own heading. */
export function Empty({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <Stack gap="xs" align="flex-start" className="motcua-empty">
      <Text c="dimmed" component="div">
        {children}
      </Text>
      {action}
    </Stack>
  );
}

const PATIENCE_MS = 300;

/** Waiting; says so only after a moment, so that quick answers do not flicker. */
export function Loading() {
  const { t } = useTranslation('frame');
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Text c="dimmed" role="status" className="motcua-loading">
      {isLong ? t('loading') : ' '}
    </Text>
  );
}

/** Something could not be had: why, in words, and a way to try again. */
export function Failed({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const { t } = useTranslation('frame');
  const said = problemWords(t, error);
  return (
    <Stack gap="xs" align="flex-start" role="alert" className="motcua-failed">
      <Text fw={700}>{said.title}</Text>
      {said.detail !== null && (
        <Text size="sm" lang="en">
          {said.detail}
        </Text>
      )}
      {retry && (
        <Button variant="default" onClick={retry}>
          {t('retry')}
        </Button>
      )}
    </Stack>
  );
}

/** The person may not see this page; whom to ask. */
export function NoRight() {
  const { t } = useTranslation('frame');
  return <Notice title={t('no-right.title')}>{t('no-right.text')}</Notice>;
}

/** True for what somebody may not see: across offices it is the same as what does not exist. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Problem && error.status === 404;
}
