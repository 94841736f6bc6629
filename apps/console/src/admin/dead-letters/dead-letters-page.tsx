import { Button, Group, Table, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/session';
import { HeadRow } from '../../parts/head-row';
import { Moment } from '../../parts/moment';
import { Empty, Failed, Loading } from '../../parts/states';
import { TableRegion } from '../../parts/table-region';
import { LetterDialog, type LetterAct } from './letter-dialog';
import { consumers, lettersQuery, type Consumer, type Letter } from './letters-query';

interface Opened {
  readonly consumer: Consumer;
  readonly letter: Letter;
  readonly act: LetterAct;
}

/** Messages that a service could not apply, which dossier waits for each, and what to do. */
export default function DeadLettersPage() {
  const { t } = useTranslation('admin-dead-letters');
  const queries = useQueryClient();
  const [opened, setOpened] = useState<Opened | null>(null);
  return (
    <>
      <Title order={1} size="h3">
        {t('title')}
      </Title>
      <Text my="xs" maw={880}>
        {t('about')}
      </Text>
      {consumers.map((consumer) => (
        <Letters key={consumer} consumer={consumer} begin={(letter, act) => setOpened({ consumer, letter, act })} />
      ))}
      {opened !== null && (
        <LetterDialog
          {...opened}
          close={() => setOpened(null)}
          done={() => void queries.invalidateQueries({ queryKey: ['dead-letters'] })}
        />
      )}
    </>
  );
}

interface LettersProps {
  readonly consumer: Consumer;
  readonly begin: (letter: Letter, act: LetterAct) => void;
}

function Letters({ consumer, begin }: LettersProps) {
  const { t } = useTranslation('admin-dead-letters');
  const { data, error, refetch, hasNextPage, fetchNextPage } = useInfiniteQuery(lettersQuery(consumer));
  const letters = data?.pages.flatMap((page) => page.letters);
  return (
    <section>
      <Title order={2} size="h4" mt="md">
        {t(`consumer.${consumer}`)}
      </Title>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!letters && !error && <Loading />}
      {letters?.length === 0 && <Empty>{t('none')}</Empty>}
      {letters && letters.length > 0 && (
        <TableRegion label={t(`consumer.${consumer}`)}>
          <Table>
            <HeadRow labels={(['when', 'why', 'waits', 'where', 'act'] as const).map((name) => t(`column.${name}`))} />
            <Table.Tbody>
              {letters.map((letter) => (
                <LetterRow key={letter.id} letter={letter} begin={begin} />
              ))}
            </Table.Tbody>
          </Table>
        </TableRegion>
      )}
      {hasNextPage && (
        <Button mt="xs" variant="default" onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </section>
  );
}

function LetterRow({ letter, begin }: { readonly letter: Letter; readonly begin: LettersProps['begin'] }) {
  const { t } = useTranslation('admin-dead-letters');
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { id, recordedAt, reason, stream, topic, partition, offset } = letter;
  const rights: Readonly<Record<LetterAct, boolean>> = {
    show: true,
    resend: stream !== null && 'resend-dead-letter' in session.rights,
    discard: 'discard-dead-letter' in session.rights,
  };
  return (
    <Table.Tr>
      <Table.Td>
        <Moment at={recordedAt} />
      </Table.Td>
      <Table.Td>
        <span lang="en">{reason}</span>
      </Table.Td>
      <Table.Td>{stream === null ? t('nobody-waits') : <code>{stream}</code>}</Table.Td>
      <Table.Td>
        {topic} {partition}/{offset}
      </Table.Td>
      <Table.Td>
        <Group gap={4}>
          {(['show', 'resend', 'discard'] as const)
            .filter((act) => rights[act])
            .map((act) => (
              <Button
                key={act}
                size="compact-sm"
                variant="default"
                aria-label={`${t(`act.${act}`)}: ${id}`}
                onClick={() => begin(letter, act)}
              >
                {t(`act.${act}`)}
              </Button>
            ))}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
