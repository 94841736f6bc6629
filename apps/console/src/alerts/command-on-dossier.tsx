import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dossierQuery } from '../api/reads';
import { CommandDialog } from '../dossier/command-dialog';
import { Dialog } from '../parts/dialog';
import { Failed, Loading } from '../parts/states';

interface CommandOnDossierProps {
  readonly name: 'reassign' | 'extend';
  readonly dossierId: string;
  readonly close: () => void;
  readonly done: (isProposed: boolean) => void;
}

/** A command on a dossier of the list. The dossier is read when the command is begun: it is decided upon what it is now. */
export function CommandOnDossier({ name, dossierId, close, done }: CommandOnDossierProps) {
  const { t } = useTranslation('dossier');
  const { data, error, refetch } = useQuery({ ...dossierQuery(dossierId), staleTime: Infinity, gcTime: 0 });
  if (data) return <CommandDialog name={name} view={data.view} etag={data.etag} close={close} done={done} />;
  return (
    <Dialog title={t(`command.${name}`)} close={close} size="lg">
      {error ? <Failed error={error} retry={() => void refetch()} /> : <Loading />}
    </Dialog>
  );
}
