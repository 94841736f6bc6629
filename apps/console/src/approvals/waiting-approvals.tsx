import { Anchor, Button, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../api/commands';
import { proceduresQuery, waitingQuery } from '../api/reads';
import { useUnasked } from '../live/unasked';
import { dossierPath } from '../parts/dossier-path';
import { Failed } from '../parts/states';
import { PROPOSALS_AGAIN_MS } from '../parts/two-persons';
import type { Language } from '../words/words';
import { Proposal } from './proposal';

interface Done {
  readonly verb: Decision['verb'];
  readonly code: string | null;
}

/** What waits for the reader as the second person; where nothing does, nothing is shown. */
export function WaitingApprovals() {
  const { t, i18n } = useTranslation('approvals');
  const { data: procedures } = useQuery(proceduresQuery(i18n.language));
  useTranslation('dossier'); // Commands and their fields have their names there.
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery(waitingQuery);
  useUnasked(() => void refetch(), PROPOSALS_AGAIN_MS, false);
  const [done, setDone] = useState<Done | null>(null);
  const waiting = data?.pages.flatMap(({ approvals }) => approvals) ?? [];
  return (
    <section aria-labelledby="waiting-title">
      {waiting.length > 0 && (
        <Title order={2} size="h4" id="waiting-title" my="xs">
          {t('waiting')}
        </Title>
      )}
      <Text role="status" size="sm" fw={700}>
        {done !== null && t(`done.${done.verb}`, { code: done.code ?? t('dossier:no-code') })}
      </Text>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {waiting.length > 0 && (
        <ol className="motcua-proposals" aria-label={t('waiting')}>
          {waiting.map((approval) => (
            <li key={approval.approvalId} className="motcua-proposal">
              <Title order={3} size="h5">
                {t(`dossier:command.${approval.command}`)} <CodeLink {...approval} />
              </Title>
              <Text size="sm">
                {procedures?.find(({ code }) => code === approval.procedureCode)?.names[i18n.language as Language] ??
                  approval.procedureCode}
              </Text>
              <Proposal approval={approval} done={(verb) => setDone({ verb, code: approval.code })} />
            </li>
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button variant="default" mb="md" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}

function CodeLink({ code, dossierId }: { readonly code: string | null; readonly dossierId: string }) {
  const { t } = useTranslation('approvals');
  const address = dossierPath(code, dossierId);
  return (
    <Anchor component={Link} to={address}>
      {code ?? t('dossier:no-code')}
    </Anchor>
  );
}
