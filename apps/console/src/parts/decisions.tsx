import { Button, Group } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Decision } from '../api/commands';
import { DeclineDialog } from './decline-dialog';
import { Failed } from './states';
import { useSending } from './use-sending';

interface DecisionsProps {
  readonly mayApprove: boolean;
  readonly mayDecline: boolean;
  readonly mayWithdraw: boolean;
  readonly send: (decision: Decision) => Promise<void>;
  /** Told what the reader has done. */
  readonly done?: (verb: Decision['verb']) => void;
  /** Further buttons of the same row. */
  readonly children?: ReactNode;
}

/** What a reader can do about a proposal: a second person decides, and whoever proposed it takes it back. */
export function Decisions({ mayApprove, mayDecline, mayWithdraw, send, done, children }: DecisionsProps) {
  const { t } = useTranslation('approvals');
  const [key] = useState(() => crypto.randomUUID());
  const [isDeclining, setIsDeclining] = useState(false);
  const { isSending, refusal, run } = useSending();
  const decide = (verb: 'approve' | 'withdraw') =>
    run(async () => {
      await send({ verb, key });
      done?.(verb);
    });
  return (
    <>
      {refusal !== null && <Failed error={refusal} />}
      <Group gap="xs" className="motcua-no-print">
        {mayApprove && (
          <Button size="sm" loading={isSending} onClick={() => void decide('approve')}>
            {t('approve')}
          </Button>
        )}
        {mayDecline && (
          <Button size="sm" variant="default" onClick={() => setIsDeclining(true)}>
            {t('decline')}
          </Button>
        )}
        {mayWithdraw && (
          <Button size="sm" variant="default" loading={isSending} onClick={() => void decide('withdraw')}>
            {t('withdraw')}
          </Button>
        )}
        {children}
      </Group>
      {isDeclining && <DeclineDialog send={send} close={() => setIsDeclining(false)} done={() => done?.('decline')} />}
    </>
  );
}
