import { Stack, Table, Text, Textarea } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { commandsOfSomeQuery, meQuery, useNames } from '../api/reads';
import type { QueueRow } from '../api/views';
import { CommandFieldInput } from '../dossier/command-field';
import { bodyOf, commandForms, type CommandField, type Draft } from '../dossier/command-forms';
import { Dialog, SubmitOrCancel } from '../parts/dialog';
import { ErrorSummary, type FieldError } from '../parts/error-summary';
import { fieldId } from '../parts/fields';
import { HeadRow } from '../parts/head-row';
import { Failed, Loading } from '../parts/states';
import { TableRegion } from '../parts/table-region';
import { batchOf, refusalFor, type Batch, type BulkCommand, type Candidate } from './batch';

interface BulkDialogProps {
  readonly command: BulkCommand;
  readonly chosen: readonly QueueRow[];
  readonly close: () => void;
  readonly begin: (batch: Batch) => void;
}

/** None of these commands asks for anything of the single dossier. */
const ofNoDossier = { procedureCode: '', fees: { fees: [], totals: [] }, opinions: [] };

/** A command for many: what it asks for, once, and what it will do to each, before it does. */
export default function BulkDialog({ command, chosen, close, begin }: BulkDialogProps) {
  const { t } = useTranslation('bulk');
  const { data: me } = useSuspenseQuery(meQuery);
  const fields: readonly CommandField[] = commandForms[command].filter(({ kind }) => kind !== 'step');
  const [values, setValues] = useState<Draft>({});
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { data, error, refetch } = useQuery(commandsOfSomeQuery(chosen.map(({ dossierId }) => dossierId)));
  const candidates = chosen.map(({ dossierId, code, version }) => ({
    dossierId,
    code,
    version,
    now: data?.find((one) => one.dossierId === dossierId) ?? null,
  }));
  const count = candidates.filter((one) => refusalFor(command, one) === null).length;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const made = bodyOf(fields, values, me.timeZone);
    if ('mistakes' in made) {
      setErrors(
        Object.entries(made.mistakes).map(([name, word]) => ({
          name,
          label: t(`dossier:field.${name}`),
          text: t(word),
        })),
      );
      return;
    }
    begin(batchOf(command, made.body, candidates, () => crypto.randomUUID()));
  };
  return (
    <Dialog
      title={t('title', { command: t(`dossier:command.${command}`), count: chosen.length })}
      close={close}
      size="xl"
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <ErrorSummary errors={errors} />
          <Text size="sm">{t(`dossier:about.${command}`)}</Text>
          {fields.map((field) => (
            <CommandFieldInput
              key={field.name}
              field={field}
              view={ofNoDossier}
              value={values[field.name] ?? ''}
              change={(value) => setValues({ ...values, [field.name]: value })}
              errorOf={(name) => errors.find((one) => one.name === name)?.text}
            />
          ))}
          <Textarea
            id={fieldId('remark')}
            label={t('dossier:field.remark')}
            description={t('remark')}
            autosize
            maxLength={2000}
            value={values['remark'] ?? ''}
            onChange={(event) => setValues({ ...values, remark: event.currentTarget.value })}
          />
          {error && <Failed error={error} retry={() => void refetch()} />}
          {!data && !error && <Loading />}
          {data && <Preview command={command} chosen={chosen} candidates={candidates} to={values['to'] ?? ''} />}
          <SubmitOrCancel
            label={t('do', { command: t(`dossier:command.${command}`), count })}
            disabled={!data || count === 0}
            cancel={close}
          />
        </Stack>
      </form>
    </Dialog>
  );
}

interface PreviewProps {
  readonly command: BulkCommand;
  readonly chosen: readonly QueueRow[];
  readonly candidates: readonly Candidate[];
  /** Who takes it, `officialId|postId`; empty where nobody does. */
  readonly to: string;
}

/** Whose work becomes less and whose more, and row by row what stands against it: those that stay first. */
function Preview({ command, chosen, candidates, to }: PreviewProps) {
  const { t } = useTranslation('bulk');
  const names = useNames();
  const refusals = candidates.map((one) => refusalFor(command, one));
  const moved = chosen.filter((_, index) => refusals[index] === null);
  const [taker = ''] = to.split('|');
  const holders = [...new Set(moved.map(({ holder }) => holder.officialId))];
  const heldBy = (id: string) => moved.filter(({ holder }) => holder.officialId === id).length;
  const inOrder = chosen
    .map((row, index) => ({ row, refusal: refusals[index] ?? null }))
    .sort((one, other) => Number(one.refusal === null) - Number(other.refusal === null));
  const late = moved.filter(({ state }) => state === 'late').length;
  return (
    <>
      <Text size="sm" role="status" fw={700}>
        {t('will', { count: moved.length, of: chosen.length, late })}
      </Text>
      {taker !== '' && (
        <Text size="sm">
          {holders.map((id) => `${names.official(id)} −${heldBy(id)}`).join(', ')} → {names.official(taker)} +
          {moved.length}
        </Text>
      )}
      <TableRegion label={t('preview')} className="motcua-bulk-rows">
        <Table stickyHeader>
          <HeadRow labels={[t('queue:column.code'), t('queue:column.holder'), t('result')]} />
          <Table.Tbody>
            {inOrder.map(({ row, refusal }) => (
              <Table.Tr key={row.dossierId}>
                <Table.Td>{row.code ?? t('queue:not-accepted-yet')}</Table.Td>
                <Table.Td>{names.official(row.holder.officialId)}</Table.Td>
                <Table.Td>
                  <Refusal code={refusal} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </TableRegion>
    </>
  );
}

function Refusal({ code }: { readonly code: string | null }) {
  const { t } = useTranslation('bulk');
  return code === null ? t('possible') : t(`frame:problem.${code}`);
}
