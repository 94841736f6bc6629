import { useTranslation } from 'react-i18next';
import { Writer } from '../notes/writer';
import { Dialog } from '../parts/dialog';
import type { Alert } from './alert-list';

interface AskDialogProps {
  readonly alert: Alert;
  readonly close: () => void;
  readonly done: () => void;
}

/** Asks whoever holds the dossier now: a note in it that their queue marks until they have read it. */
export function AskDialog({ alert, close, done }: AskDialogProps) {
  const { t } = useTranslation('alerts');
  const sent = () => {
    done();
    close();
  };
  return (
    <Dialog title={t('ask', { code: alert.code ?? t('no-code') })} close={close} size="lg">
      <Writer dossierId={alert.dossierId} as={['questions']} keyName="q" sent={sent} />
    </Dialog>
  );
}
