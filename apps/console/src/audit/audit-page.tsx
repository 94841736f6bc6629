import { Anchor, Button, Group, Table, Text, TextInput, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { directoryQuery, reasonsQuery, useNames } from '../api/reads';
import { useAddress } from '../parts/address';
import { ChoiceField } from '../parts/fields';
import { HeadRow } from '../parts/head-row';
import { Moment } from '../parts/moment';
import { optionsOf } from '../parts/options';
import { Empty, Failed, Loading } from '../parts/states';
import { TableRegion } from '../parts/table-region';
import type { Language } from '../words/words';
import './audit.css';
import { unusualActsQuery, type UnusualAct } from './audit-reads';
import { DossierLink } from './dossier-link';

/** Where an inspector begins: a dossier by its code, or what in the journal is worth a look. */
export default function AuditPage() {
  const { t } = useTranslation('audit');
  return (
    <>
      <Title order={1} size="h3">
        {t('title')}
      </Title>
      <FindByCode />
      <UnusualActs />
    </>
  );
}

function FindByCode() {
  const { t } = useTranslation('audit');
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const open = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const said = code.trim().toUpperCase();
    if (said !== '') void navigate({ to: `/audit/${encodeURIComponent(said)}` });
  };
  return (
    <form onSubmit={open}>
      <Group align="end" gap="sm" my="sm">
        <TextInput
          label={t('code')}
          value={code}
          autoFocus
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          w={280}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit">{t('open')}</Button>
        <Anchor renderRoot={(props) => <Link to="/audit/access" {...props} />} size="sm" pb={8}>
          {t('access-log')}
        </Anchor>
      </Group>
    </form>
  );
}

const kinds = [
  'result-late',
  'reassigned-late',
  'unanswered',
  'extended',
  'corrected',
  'stopped',
  'rebound',
  'escalation-withdrawn',
] as const satisfies readonly UnusualAct['kind'][];

function UnusualActs() {
  const { t, i18n } = useTranslation('audit');
  const [address, change] = useAddress();
  const { data: directory } = useQuery(directoryQuery);
  const kind = kinds.find((one) => one === address['kind']);
  const office = address['office'];
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery(
    unusualActsQuery({ kind, office }),
  );
  const acts = data?.pages.flatMap((page) => page.acts) ?? [];
  const lookedBackTo = data?.pages.at(-1)?.lookedBackTo ?? null;
  return (
    <section aria-labelledby="acts-title">
      <Title order={2} size="h5" id="acts-title">
        {t('acts.title')}
      </Title>
      <Text size="sm">{t('acts.about')}</Text>
      <Group align="end" gap="sm" my="xs" className="motcua-no-print">
        <ChoiceField
          name="kind"
          isFilter
          label={t('acts.kind')}
          value={kind ?? ''}
          options={kinds.map((one) => ({ value: one, label: t(`act.${one}`) }))}
          change={(next) => change({ kind: next })}
        />
        <ChoiceField
          name="office"
          isFilter
          label={t('acts.office')}
          value={office ?? ''}
          options={optionsOf(directory?.offices ?? [], i18n.language)}
          change={(next) => change({ office: next })}
        />
      </Group>
      {kind && <Text size="sm">{t(`act-about.${kind}`)}</Text>}
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && acts.length === 0 && <Empty>{t('acts.nothing')}</Empty>}
      {acts.length > 0 && <ActsTable acts={acts} />}
      {data && (
        <Group gap="sm" mt="xs">
          {lookedBackTo !== null && (
            <Text size="sm" c="dimmed">
              {t(hasNextPage ? 'acts.looked-back' : 'acts.looked-all')} <Moment at={lookedBackTo} />
            </Text>
          )}
          {hasNextPage && (
            <Button size="compact-sm" variant="default" disabled={isFetching} onClick={() => void fetchNextPage()}>
              {t('further-back')}
            </Button>
          )}
        </Group>
      )}
    </section>
  );
}

const columns = ['at', 'code', 'what', 'by', 'reason', 'promised'] as const;

function ActsTable({ acts }: { readonly acts: readonly UnusualAct[] }) {
  const { t } = useTranslation('audit');
  return (
    <TableRegion label={t('acts.title')} className="motcua-audit-table">
      <Table>
        <HeadRow labels={columns.map((column) => t(`acts.column.${column}`))} />
        <Table.Tbody>
          {acts.map((act) => (
            <ActLine key={`${act.dossierId} ${act.sequence} ${act.kind}`} act={act} />
          ))}
        </Table.Tbody>
      </Table>
    </TableRegion>
  );
}

function ActLine({ act }: { readonly act: UnusualAct }) {
  const { t, i18n } = useTranslation('audit');
  const names = useNames();
  const { data: reasons } = useQuery(reasonsQuery);
  const { reasonCode, by } = act;
  const reason = reasons?.find((one) => one.code === reasonCode)?.text[i18n.language as Language];
  return (
    <Table.Tr>
      <Table.Td>
        <Moment at={act.at} />
      </Table.Td>
      <Table.Th scope="row">
        <DossierLink code={act.code} dossierId={act.dossierId} />
      </Table.Th>
      <Table.Td>{t(`act.${act.kind}`)}</Table.Td>
      <Table.Td>
        {names.official(by.officialId)}
        <Text size="xs" c="dimmed">
          {names.office(by.officeId)}
        </Text>
      </Table.Td>
      <Table.Td>{reason ?? reasonCode}</Table.Td>
      <Table.Td>{act.promisedAt !== null && <Moment at={act.promisedAt} />}</Table.Td>
    </Table.Tr>
  );
}
