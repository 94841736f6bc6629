import { Anchor, Button, Group, List, Stack, Text } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/ask';
import { draftsOf } from '../api/drafts';
import { sessionQuery } from '../api/session';
import { Dialog } from '../parts/dialog';
import { dossierPath } from '../parts/dossier-path';
import { ErrorSummary, type FieldError } from '../parts/error-summary';
import { HolderField, ReasonField } from '../parts/fields';
import { Failed, Loading } from '../parts/states';
import { useSending } from '../parts/use-sending';
import { transfer, type Moved, type Moving, type Staying, type Transfer, type Whose } from './transfer';

interface TransferDialogProps {
  readonly title: string;
  readonly whose: Whose;
  /** Whose work it is, in words. */
  readonly about: ReactNode;
  readonly close: () => void;
  readonly done: () => void;
  /** What it would make of people's work: of the dossiers that move, to whom (`officialId|postId`, empty for nobody named). */
  readonly effect: (moving: readonly Moving[], to: string) => ReactNode;
}

/** What is typed, and the operation it is decided as. */
type Begun = Omit<Transfer, keyof Whose>;

/** So many are looked at before; of more, the rest is handed on with them. */
const LOOKED_AT = 5_000;

/**
 * Hands on all open work of an official, or of an office that has ended: what moves and what stays is said first, then it is done page by
 * page. What is typed is kept with the operation it is decided as: sent again, also by another tab, it is decided once.
 */
export function TransferDialog({ title, whose, about, close, done, effect }: TransferDialogProps) {
  const { t } = useTranslation('office');
  const { data: session } = useSuspenseQuery(sessionQuery);
  const drafts = draftsOf(session.official.id, `transfers/${whose.fromOfficialId ?? ''}/${whose.fromOfficeId}`);
  const [begun, setBegun] = useState<Begun>(
    () => drafts.read<Begun>() ?? { operationId: crypto.randomUUID(), to: '', reasonCode: '' },
  );
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [moved, setMoved] = useState<Moved | null>(null);
  const { isSending, refusal, run } = useSending();
  const { data, error, refetch } = useQuery({
    queryKey: ['transfer-preview', whose],
    queryFn: async ({ signal }) =>
      (await ask('/work-transfers', { query: { ...whose, limit: LOOKED_AT }, signal })).body.dossiers,
    gcTime: 0,
  });
  const isOfOffice = whose.fromOfficialId === undefined;
  const needed = isOfOffice ? (['reasonCode'] as const) : (['to', 'reasonCode'] as const);
  const stays = ({ takesTwo, to }: Moving) => {
    if (takesTwo) return 'takes-two';
    return isOfOffice && begun.to === '' && to === null ? 'no-taker' : null;
  };
  const moving = data?.filter((one) => stays(one) === null) ?? [];
  const staying = data?.flatMap((one) => {
    const because = stays(one);
    return because === null ? [] : [{ dossierId: one.dossierId, code: one.code, because } as const];
  });
  const change = (changes: Partial<Begun>) => {
    const next = { ...begun, ...changes };
    setBegun(next);
    drafts.keep(next);
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const missing = needed.filter((name) => begun[name] === '');
    setErrors(missing.map((name) => ({ name, label: t(`field.${name}`), text: t('frame:form.required-choice') })));
    if (missing.length > 0) return;
    await run(async () => {
      await transfer({ ...begun, ...whose }, setMoved);
      drafts.drop();
      done();
    });
  };
  const errorOf = (name: string) => errors.find((one) => one.name === name)?.text;
  return (
    <Dialog title={title} close={isSending ? null : close} size="lg">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <ErrorSummary errors={errors} />
          {refusal !== null && <Failed error={refusal} />}
          <Text size="sm">{about}</Text>
          {error && <Failed error={error} retry={() => void refetch()} />}
          {!data && !error && <Loading />}
          {staying && moved === null && <Preview count={moving.length} left={staying} />}
          {moved === null && (
            <>
              <HolderField
                name="to"
                label={t(isOfOffice ? 'to-heirs' : 'field.to')}
                required={!isOfOffice}
                value={begun.to}
                error={errorOf('to')}
                change={(to) => change({ to })}
              />
              <ReasonField
                name="reasonCode"
                required
                value={begun.reasonCode}
                error={errorOf('reasonCode')}
                change={(reasonCode) => change({ reasonCode })}
              />
              {data && effect(moving, begun.to)}
            </>
          )}
          {moved !== null && <Result moved={moved} />}
          <Group>
            {moved?.isDone !== true && (
              <Button type="submit" loading={isSending} disabled={moving.length === 0}>
                {t('do')}
              </Button>
            )}
            <Button variant="default" onClick={close} disabled={isSending}>
              {t(moved?.isDone === true ? 'frame:close' : 'frame:cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}

type Left = readonly Pick<Staying, 'dossierId' | 'code' | 'because'>[];

/** How many move, and what is known to stay. */
function Preview({ count, left }: { readonly count: number; readonly left: Left }) {
  const { t } = useTranslation('office');
  return (
    <div role="status">
      <Text size="sm" fw={700}>
        {t('will-move', { count })}
      </Text>
      <Stays left={left} />
    </div>
  );
}

function Result({ moved: { moved, left, isDone } }: { readonly moved: Moved }) {
  const { t } = useTranslation('office');
  return (
    <div role="status">
      <Text size="sm" fw={700}>
        {t(isDone ? 'moved' : 'moving', { count: moved })}
      </Text>
      <Stays left={left} />
    </div>
  );
}

/** Which dossiers stay with whoever holds them, each with why, to be opened in a window of its own. */
function Stays({ left }: { readonly left: Left }) {
  const { t } = useTranslation('office');
  const { data: session } = useSuspenseQuery(sessionQuery);
  const mayOpen = 'read-dossier' in session.rights; // An administrator may not, and has what stays proposed by its head.
  if (left.length === 0) return null;
  return (
    <>
      <Text size="sm">{t('stay', { count: left.length })}</Text>
      <List size="sm" className="motcua-stays">
        {left.map(({ dossierId, code, because }) => (
          <List.Item key={dossierId}>
            {mayOpen ? (
              <Anchor href={dossierPath(code, dossierId)} target="_blank">
                {code ?? t('dossier:no-code')}
              </Anchor>
            ) : (
              (code ?? t('dossier:no-code'))
            )}
            : {t(`because.${because === 'takes-two' && !mayOpen ? 'takes-two-of-others' : because}`)}
          </List.Item>
        ))}
      </List>
    </>
  );
}
