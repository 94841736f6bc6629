import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/ask';
import { call } from '../api/call';
import { draftsOf } from '../api/drafts';
import { useNames } from '../api/reads';
import { sessionQuery } from '../api/session';
import { Dialog } from '../parts/dialog';
import { ErrorSummary, type FieldError } from '../parts/error-summary';
import { HolderField, ReasonField } from '../parts/fields';
import { Failed, Loading } from '../parts/states';
import { afterTransfer, type PersonLoad } from './workload';

interface TransferDialogProps {
  readonly person: PersonLoad;
  readonly people: readonly PersonLoad[];
  readonly close: () => void;
  readonly done: () => void;
}

/** What is typed, and the operation it is decided as: sent again, also by another tab, it is decided once. */
interface Begun {
  readonly operationId: string;
  readonly to: string;
  readonly reasonCode: string;
}

/** What was done so far, page by page. */
interface Moved {
  readonly moved: number;
  readonly left: readonly { readonly dossierId: string; readonly reason: string }[];
  readonly isDone: boolean;
}

/** More than one official holds; whoever holds more hands on in several goes. */
const LOOKED_AT = 5_000;
const PAGE = 25;

/** Hands on all open work that somebody holds in an office: what it moves is said first, then done page by page. */
export function TransferDialog({ person, people, close, done }: TransferDialogProps) {
  const { t } = useTranslation('office');
  const names = useNames();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { officialId, postId, officeId } = person;
  const drafts = draftsOf(session.official.id, `transfers/${officialId}/${officeId}`);
  const [begun, setBegun] = useState<Begun>(
    () => drafts.read<Begun>() ?? { operationId: crypto.randomUUID(), to: '', reasonCode: '' },
  );
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [refusal, setRefusal] = useState<unknown>(null);
  const [moved, setMoved] = useState<Moved | null>(null);
  const [isSending, setIsSending] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['transfer-preview', officialId, officeId],
    queryFn: async ({ signal }) => {
      const query = { fromOfficialId: officialId, fromOfficeId: officeId, limit: LOOKED_AT };
      return (await ask('/work-transfers', { query, signal })).body.dossiers;
    },
    gcTime: 0,
  });
  const change = (changes: Partial<Begun>) => {
    const next = { ...begun, ...changes };
    setBegun(next);
    drafts.keep(next);
  };
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const missing = (['to', 'reasonCode'] as const).filter((name) => begun[name] === '');
    setErrors(missing.map((name) => ({ name, label: t(`field.${name}`), text: t('frame:form.required-choice') })));
    if (missing.length > 0) return;
    setRefusal(null);
    setIsSending(true);
    try {
      await transfer(begun, person, setMoved);
      drafts.drop();
      done();
    } catch (problem) {
      setRefusal(problem);
    } finally {
      setIsSending(false);
    }
  };
  const name = names.official(officialId);
  return (
    <Dialog title={t('all-of', { name })} close={isSending ? null : close} size="lg">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <ErrorSummary errors={errors} />
          {refusal !== null && <Failed error={refusal} />}
          <Text size="sm">
            {names.post(postId)}, {names.office(officeId)}
          </Text>
          {error && <Failed error={error} retry={() => void refetch()} />}
          {!data && !error && <Loading />}
          {data && moved === null && (
            <Text size="sm" fw={700} role="status">
              {t('will-move', { count: data.length })}
            </Text>
          )}
          {moved === null && (
            <>
              <HolderField
                name="to"
                label={t('field.to')}
                required
                value={begun.to}
                error={errors.find((one) => one.name === 'to')?.text}
                change={(to) => change({ to })}
              />
              <ReasonField
                name="reasonCode"
                required
                value={begun.reasonCode}
                error={errors.find((one) => one.name === 'reasonCode')?.text}
                change={(reasonCode) => change({ reasonCode })}
              />
              <Effect person={person} count={data?.length} taker={people.find((one) => holderOf(one) === begun.to)} />
            </>
          )}
          {moved !== null && <Result moved={moved} />}
          <Group>
            {moved?.isDone !== true && (
              <Button type="submit" loading={isSending} disabled={!data || data.length === 0}>
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

function holderOf({ officialId, postId }: PersonLoad): string {
  return `${officialId}|${postId}`;
}

interface EffectProps {
  readonly person: PersonLoad;
  /** How many dossiers would move, as the preview says. */
  readonly count: number | undefined;
  readonly taker: PersonLoad | undefined;
}

/** Whose numbers become what. Said only where all that was counted moves, so that it is true. */
function Effect({ person, count, taker }: EffectProps) {
  const { t } = useTranslation('office');
  const names = useNames();
  if (!taker || count !== person.open) return null;
  return (
    <Table aria-label={t('effect')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('effect')}</Table.Th>
          <Table.Th>{names.official(person.officialId)}</Table.Th>
          <Table.Th>{names.official(taker.officialId)}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {afterTransfer(person, taker).map(({ name, from, to: [before, after] }) => (
          <Table.Tr key={name}>
            <Table.Th scope="row">{t(`column.${name}`)}</Table.Th>
            <Table.Td>{from} → 0</Table.Td>
            <Table.Td>
              {before} → {after}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Result({ moved: { moved, left, isDone } }: { readonly moved: Moved }) {
  const { t } = useTranslation('office');
  return (
    <div role="status">
      <Text size="sm" fw={700}>
        {t(isDone ? 'moved' : 'moving', { count: moved })}
      </Text>
      {left.length > 0 && <Text size="sm">{t('stay', { count: left.length })}</Text>}
    </div>
  );
}

/** Decides once and applies page by page. Both may be sent again: what was moved is not moved twice. @throws Problem */
async function transfer(
  { operationId, to, reasonCode }: Begun,
  { officialId, officeId }: PersonLoad,
  tell: (moved: Moved) => void,
): Promise<void> {
  const [toOfficialId, toPostId] = to.split('|');
  const decision = {
    operationId,
    reasonCode,
    fromOfficialId: officialId,
    fromOfficeId: officeId,
    to: { officialId: toOfficialId, postId: toPostId },
  };
  await send('/api/desk/work-transfers', decision);
  let sum: Moved = { moved: 0, left: [], isDone: false };
  for (let after: string | null = null; ;) {
    const path = `/api/desk/work-transfers/${operationId}/pages`;
    const page: Page = await send(path, { limit: PAGE, ...(after !== null && { after }) });
    sum = { moved: sum.moved + page.moved, left: [...sum.left, ...page.left], isDone: page.next === null };
    tell(sum);
    if (page.next === null) return;
    after = page.next;
  }
}

interface Page extends Pick<Moved, 'moved' | 'left'> {
  readonly next: string | null;
}

async function send<Body>(path: string, body: object): Promise<Body> {
  return (await call<Body>(path, { method: 'POST', body })).body;
}
