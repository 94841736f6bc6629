import { Anchor, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { withQuery } from '../api/call';
import { useKey } from '../frame/keys';
import { Moment } from '../parts/moment';
import { Duplicates } from './duplicates';
import type { Received } from './use-intake';

/** What the clerk reads out and hands over: code, date, receipt. Enter begins the next one. */
export function ReceivedDossierPanel({
  received: { dossier, language },
  next,
}: {
  readonly received: Received;
  readonly next: () => void;
}) {
  const { t } = useTranslation('intake');
  const { dossierId, receipt, likelyDuplicates } = dossier;
  const code = receipt.code ?? '';
  const begin = useRef<HTMLButtonElement>(null);
  const print = useRef<HTMLAnchorElement>(null);
  useEffect(() => begin.current?.focus(), []);
  useKey('n', t('next'), next);
  useKey('p', t('print'), () => print.current?.click());
  const promisedAt = receipt.appointmentAt ?? receipt.legalDueAt;
  return (
    <Stack gap="sm" align="flex-start">
      <Title order={1} size="h3">
        {t('received')}
      </Title>
      <Text className="motcua-code">{code}</Text>
      <Text size="lg">
        {promisedAt === null ? (
          t('promise.none')
        ) : (
          <>
            {t('promise.title')}:{' '}
            <Text span fw={700}>
              <Moment at={promisedAt} />
            </Text>
          </>
        )}
      </Text>
      <Group>
        <Button ref={begin} onClick={next}>
          {t('next')} (N)
        </Button>
        <Button
          ref={print}
          component="a"
          variant="default"
          href={withQuery(`/api/desk/dossiers/${dossierId}/forms/receipt.pdf`, { language })}
          target="_blank"
          rel="noreferrer"
        >
          {t('print')} (P)
        </Button>
        <Anchor component={Link} underline="always" to={`/dossiers/${encodeURIComponent(code)}`}>
          {t('open')}
        </Anchor>
      </Group>
      <Duplicates likely={likelyDuplicates} />
      {receipt.sample && <Text size="sm">{t('promise.sample')}</Text>}
      <Title order={2} size="h5">
        {t('promise.why')}
      </Title>
      <List size="sm" type="ordered" lang={language}>
        {receipt.why.map((sentence, index) => (
          <List.Item key={index}>{sentence}</List.Item>
        ))}
      </List>
    </Stack>
  );
}
