import { Button, Group, Table, Text, Title } from '@mantine/core';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../api/ask';
import { directoryQuery, useNames } from '../api/reads';
import { sessionQuery } from '../api/session';
import { OfficeField } from '../figures/office-field';
import { officesUnder } from '../figures/figures';
import { useAddress, type Address } from '../parts/address';
import { Moment } from '../parts/moment';
import { QueueLink } from '../parts/queue-link';
import { Empty, Failed, Loading } from '../parts/states';
import { TableRegion } from '../parts/table-region';
import './office.css';
import { TransferDialog } from './transfer-dialog';
import { TransferEffect } from './transfer-effect';
import { concernOf, type PersonLoad } from './workload';

const isHolder = ({ officialId, postId }: PersonLoad, value: string) => value === `${officialId}|${postId}`;
const keyOf = ({ officialId, postId, officeId }: PersonLoad) => `${officialId} ${postId} ${officeId}`;

/** Who has how much to do, who is away, and what to do about it: hand all of it on, or some. */
export default function OfficePage() {
  const { t } = useTranslation('office');
  const names = useNames();
  const [address, change] = useAddress();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const queries = useQueryClient();
  const { data: directory } = useQuery(directoryQuery);
  const officeId = address['office'];
  const { data, error, refetch } = useQuery({
    queryKey: ['workload', officeId],
    queryFn: async ({ signal }) => (await ask('/workload', { query: { officeId }, signal })).body,
  });
  const [leaving, setLeaving] = useState<PersonLoad | null>(null);
  const root = session.rights['read-workload'] === 'everywhere' ? null : (session.post?.officeId ?? '');
  return (
    <>
      <Title order={1} size="h3">
        {t('title')}
      </Title>
      <Group my="sm">
        <OfficeField
          value={officeId ?? ''}
          offices={officesUnder(directory?.offices ?? [], root)}
          change={(office) => change({ office })}
        />
      </Group>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data?.people.length === 0 && <Empty>{t('nobody')}</Empty>}
      {data && data.people.length > 0 && (
        <>
          <Text size="sm">
            {t('how')} {t('week')} <Moment at={data.weekEndsAt} />.
          </Text>
          {data.left > 0 && <Text size="sm">{t('left', { count: data.left })}</Text>}
          <People people={data.people} week={data} begin={setLeaving} />
        </>
      )}
      {leaving !== null && (
        <TransferDialog
          key={keyOf(leaving)}
          title={t('all-of', { name: names.official(leaving.officialId) })}
          whose={{ fromOfficialId: leaving.officialId, fromOfficeId: leaving.officeId }}
          about={`${names.post(leaving.postId)}, ${names.office(leaving.officeId)}`}
          effect={(moving, to) => (
            <TransferEffect
              person={leaving}
              count={moving.length}
              taker={data?.people.find((one) => isHolder(one, to))}
            />
          )}
          close={() => setLeaving(null)}
          done={() => {
            void refetch();
            void queries.resetQueries({ queryKey: ['queue'] });
          }}
        />
      )}
    </>
  );
}

interface PeopleProps {
  readonly people: readonly PersonLoad[];
  /** From when until when a dossier is due this week and not late. */
  readonly week: { readonly countedAt: string; readonly weekEndsAt: string };
  readonly begin: (person: PersonLoad) => void;
}

function People({ people, week, begin }: PeopleProps) {
  const { t } = useTranslation('office');
  const numbers = ['open', 'late', 'dueThisWeek', 'paused', 'usual'] as const;
  return (
    <TableRegion label={t('title')}>
      <Table className="motcua-people">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('column.person')}</Table.Th>
            {numbers.map((name) => (
              <Table.Th key={name} scope="col" className="motcua-number">
                {t(`column.${name}`)}
              </Table.Th>
            ))}
            <Table.Th scope="col">{t('column.look')}</Table.Th>
            <Table.Th scope="col">{t('column.act')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((person) => (
            <Person key={keyOf(person)} person={person} week={week} begin={begin} />
          ))}
        </Table.Tbody>
      </Table>
    </TableRegion>
  );
}

function Person({ person, week, begin }: Omit<PeopleProps, 'people'> & { readonly person: PersonLoad }) {
  const { t } = useTranslation('office');
  const names = useNames();
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { officialId, postId, officeId, open, late, dueThisWeek, paused, usualOpen } = person;
  const name = names.official(officialId);
  const linked = (count: number, filters: Address = {}) =>
    count === 0 ? count : <QueueLink search={{ q: 'all', holder: officialId, ...filters }}>{count}</QueueLink>;
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {name}
        <Text size="xs">
          {names.post(postId)}, {names.office(officeId)}
        </Text>
      </Table.Th>
      <Table.Td className="motcua-number" data-label={t('column.open')}>
        {linked(open)}
      </Table.Td>
      <Table.Td className="motcua-number" data-label={t('column.late')}>
        {linked(late, { state: 'late' })}
      </Table.Td>
      <Table.Td className="motcua-number" data-label={t('column.dueThisWeek')}>
        {linked(dueThisWeek, { dueFrom: week.countedAt, dueBefore: week.weekEndsAt })}
      </Table.Td>
      <Table.Td className="motcua-number" data-label={t('column.paused')}>
        {linked(paused, { state: 'paused' })}
      </Table.Td>
      <Table.Td className="motcua-number" data-label={t('column.usual')}>
        {usualOpen ?? '–'}
      </Table.Td>
      <Table.Td>
        <Look person={person} />
      </Table.Td>
      <Table.Td>
        {open > 0 && 'transfer-work' in session.rights && (
          <Group gap={4}>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => begin(person)}
              aria-label={t('all-of', { name })}
            >
              {t('all')}
            </Button>
            <QueueLink size="sm" search={{ q: 'all', holder: officialId }} aria-label={t('some-of', { name })}>
              {t('some')}
            </QueueLink>
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

/** Whether they are away, and what speaks for doing something. */
function Look({ person }: { readonly person: PersonLoad }) {
  const { t } = useTranslation('office');
  const names = useNames();
  const concern = concernOf(person);
  const { isAbsent, absentUntil, standIn } = person;
  return (
    <>
      {concern !== null && (
        <Text size="sm" fw={700}>
          {t(`concern.${concern}`)}
        </Text>
      )}
      {isAbsent && (
        <Text size="sm">
          {absentUntil === null ? t('away') : t('away-until')}{' '}
          {absentUntil !== null && <Moment at={absentUntil} detail="day" />}
          {'; '}
          {standIn === null ? t('no-stand-in') : t('stand-in', { name: names.official(standIn) })}
        </Text>
      )}
    </>
  );
}
