import { Button, Group, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directoryQuery, useNames } from '../../api/reads';
import { Moment } from '../../parts/moment';
import { Empty, Failed, Loading } from '../../parts/states';
import { TableRegion } from '../../parts/table-region';
import { accountsQuery, type Account, type Invitation } from './accounts-query';
import { BindDialog } from './bind-dialog';
import { ChangeDialog, type AccountChange } from './change-dialog';
import { LinkDialog } from './link-dialog';
import { NewAccountDialog } from './new-account-dialog';

type Opened =
  | { readonly what: 'new' | 'bind' }
  | { readonly what: 'change'; readonly account: Account; readonly change: AccountChange }
  | { readonly what: 'link'; readonly officialId: string; readonly invitation: Invitation };

/** Who can sign in, in which state their account is, and what an administrator does about it. */
export default function AccountsPage() {
  const { t } = useTranslation('admin-accounts');
  const queries = useQueryClient();
  const { data: accounts, error, refetch } = useQuery(accountsQuery);
  const { data: directory } = useQuery(directoryQuery);
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  const done = () => void queries.invalidateQueries({ queryKey: accountsQuery.queryKey });
  const invited = (officialId: string, invitation: Invitation) => {
    done();
    setOpened({ what: 'link', officialId, invitation });
  };
  const without = directory && accounts ? withoutAccount(directory.held, accounts) : 0;
  return (
    <>
      <Title order={1} size="h3">
        {t('title')}
      </Title>
      <Group my="sm">
        <Button onClick={() => setOpened({ what: 'new' })}>{t('new')}</Button>
        <Button variant="default" onClick={() => setOpened({ what: 'bind' })}>
          {t('bind')}
        </Button>
        {without > 0 && <Text size="sm">{t('without', { count: without })}</Text>}
      </Group>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!accounts && !error && <Loading />}
      {accounts?.length === 0 && <Empty>{t('none')}</Empty>}
      {accounts && accounts.length > 0 && (
        <Accounts accounts={accounts} begin={(account, change) => setOpened({ what: 'change', account, change })} />
      )}
      {opened?.what === 'new' && <NewAccountDialog accounts={accounts ?? []} close={close} invited={invited} />}
      {opened?.what === 'bind' && <BindDialog close={close} />}
      {opened?.what === 'change' && (
        <ChangeDialog account={opened.account} change={opened.change} close={close} done={done} invited={invited} />
      )}
      {opened?.what === 'link' && (
        <LinkDialog officialId={opened.officialId} invitation={opened.invitation} close={close} />
      )}
    </>
  );
}

/** How many hold a post and have no account here. */
function withoutAccount(held: readonly { readonly officialId: string }[], accounts: readonly Account[]): number {
  const known = new Set(accounts.map(({ officialId }) => officialId));
  return new Set(held.map(({ officialId }) => officialId).filter((id) => !known.has(id))).size;
}

interface AccountsProps {
  readonly accounts: readonly Account[];
  readonly begin: (account: Account, change: AccountChange) => void;
}

function Accounts({ accounts, begin }: AccountsProps) {
  const { t } = useTranslation('admin-accounts');
  const names = useNames();
  const [looked, setLooked] = useState('');
  const isLookedFor = ({ officialId, username }: Account) =>
    `${names.official(officialId)} ${username}`.toLocaleLowerCase().includes(looked.trim().toLocaleLowerCase());
  return (
    <>
      <TextInput
        mb="xs"
        maw={320}
        label={t('look-for')}
        value={looked}
        autoComplete="off"
        onChange={(event) => setLooked(event.currentTarget.value)}
      />
      <TableRegion label={t('title')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              {(['person', 'posts', 'state', 'last', 'sessions', 'act'] as const).map((name) => (
                <Table.Th key={name} scope="col">
                  {t(`column.${name}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {accounts.filter(isLookedFor).map((account) => (
              <AccountRow key={account.officialId} account={account} begin={begin} />
            ))}
          </Table.Tbody>
        </Table>
      </TableRegion>
    </>
  );
}

function AccountRow({ account, begin }: { readonly account: Account; readonly begin: AccountsProps['begin'] }) {
  const { t } = useTranslation('admin-accounts');
  const names = useNames();
  const { data: directory } = useQuery(directoryQuery);
  const { officialId, username, state, isDemo, lastSignedInAt, sessions } = account;
  const name = names.official(officialId);
  const posts = directory?.held.filter((one) => one.officialId === officialId).map(({ postId }) => names.post(postId));
  const changes: readonly AccountChange[] =
    state === 'disabled'
      ? ['enabling']
      : ['invitation', ...(sessions > 0 ? (['sessions/end'] as const) : []), 'disabling'];
  return (
    <Table.Tr>
      <Table.Td>
        {name}
        <br />
        <Text span size="sm" c="dimmed">
          {username}
        </Text>
      </Table.Td>
      <Table.Td>{posts?.length === 0 ? t('no-post') : posts?.join(', ')}</Table.Td>
      <Table.Td>
        {t(`state.${state}`)}
        {isDemo && ` ${t('demo')}`}
      </Table.Td>
      <Table.Td>{lastSignedInAt === null ? t('never') : <Moment at={lastSignedInAt} />}</Table.Td>
      <Table.Td>{sessions}</Table.Td>
      <Table.Td>
        <Group gap={4}>
          {changes.map((change) => (
            <Button
              key={change}
              size="compact-sm"
              variant="default"
              onClick={() => begin(account, change)}
              aria-label={`${t(`change.${change}.act`)}: ${name}`}
            >
              {t(`change.${change}.act`)}
            </Button>
          ))}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
