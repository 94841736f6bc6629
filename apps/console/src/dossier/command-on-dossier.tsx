import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/ask';
import { dossierQuery } from '../api/reads';
import { Dialog } from '../parts/dialog';
import { Failed, Loading } from '../parts/states';
import { CommandDialog } from './command-dialog';
import type { FormName } from './command-forms';

interface CommandOnDossierProps {
  readonly name: FormName;
  readonly dossierId: string;
  readonly close: () => void;
  readonly done: (isProposed: boolean) => void;
}

/** What is decided upon does not change under the reader's eyes, and is read anew the next time. */
const once = { staleTime: Infinity, gcTime: 0, refetchOnMount: 'always' } as const;

/**
 * A command on a dossier of a list, given without opening it. The dossier is read when the command is begun: it is decided upon what it is
 * now, and where that is not possible nobody fills in a form in vain.
 */
export function CommandOnDossier({ name, dossierId, close, done }: CommandOnDossierProps) {
  const { t } = useTranslation('dossier');
  const dossier = useQuery({ ...dossierQuery(dossierId), ...once });
  // Under a key of its own, so that it is not asked anew when the command is done: then it is not possible a second time.
  const commands = useQuery({
    queryKey: ['command-begun', dossierId],
    queryFn: async () => (await ask('/dossiers/{dossierId}/commands', { params: { dossierId } })).body.commands,
    ...once,
  });
  const command = commands.data?.find((one) => one.name === name);
  // What lies there of a look before is not decided upon.
  if (dossier.data && dossier.isFetchedAfterMount && command?.allowed) {
    const { view, etag } = dossier.data;
    return <CommandDialog name={name} view={view} etag={etag} close={close} done={done} />;
  }
  const error = dossier.error ?? commands.error;
  const retry = () => {
    void dossier.refetch();
    void commands.refetch();
  };
  return (
    <Dialog title={t(`command.${name}`)} close={close} size="lg">
      {error && <Failed error={error} retry={retry} />}
      {!error && commands.data && !command?.allowed && (
        <Text>{t(`frame:problem.${command?.refusal ?? 'ACTION_FORBIDDEN'}`)}</Text>
      )}
      {!error && (!commands.data || command?.allowed) && <Loading />}
    </Dialog>
  );
}
