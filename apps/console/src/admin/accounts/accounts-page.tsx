import { Anchor, Button, Group, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { directoryQuery, useNames } from '../../api/reads';
import { HeadRow } from '../../parts/head-row';
import { Moment, useMomentWords } from '../../parts/moment';
import { plain } from '../../parts/plain';
import { Empty, Failed, Loading } from '../../parts/states';
import { TableRegion } from '../../parts/table-region';
import { accountsQuery, type Account, type AccountProposal, type Identity } from './accounts-query';
import './accounts.css';
import { ActDialog } from './act-dialog';
import { Identities, type IdentityAct } from './identities';
import { IdentityDialog } from './identity-dialog';
import { LinkDialog } from './link-dialog';
import { NewAccountDialog } from './new-account-dialog';
import { Proposals } from './proposals';
import type { AccountActDone } from './use-act';

/** What can be done to an account. */
type AccountChange = 'invitation' | 'disabling' | 'enabling' | 'signing-out';

type Opened =
  | { readonly what: 'new' }
  | { readonly what: 'identity'; readonly act: 'binding' | 'barring' }
  | { readonly what: 'change'; readonly account: Account; readonly act: AccountChange }
  | { readonly what: 'change-identity'; readonly identity: Identity; readonly act: IdentityAct }
  | { readonly what: 'link'; readonly officialId: string; readonly link: string; readonly expiresAt: string };

/** Who can sign in, in which state their account is, what an administrator does about it, and what waits for a second one. */
export default function AccountsPage() {
  const { t } = useTranslation('admin-accounts');
  const { data: accounts, error, refetch } = useQuery(accountsQuery);
  const { data: directory } = useQuery(directoryQuery);
  const [opened, setOpened] = useState<Opened | null>(null);
  const [said, setSaid] = useState('');
  const without = directory && accounts ? withoutAccount(directory.held, accounts) : 0;
  return (
    <>
      <Title order={1} size="h3">
        {t('title')}
      </Title>
      <Group my="sm">
        <Button onClick={() => setOpened({ what: 'new' })}>{t('new')}</Button>
        {without > 0 && <Text size="sm">{t('without', { count: without })}</Text>}
        <Anchor size="sm" renderRoot={(props) => <Link to="/admin/sign-ins" {...props} />}>
          {t('frame:page.admin-sign-ins')}
        </Anchor>
      </Group>
      <Text role="status" size="sm" fw={700}>
        {said}
      </Text>
      <Proposals approved={(done) => setOpened(linkOf(done))} />
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!accounts && !error && <Loading />}
      {accounts?.length === 0 && <Empty>{t('none')}</Empty>}
      {accounts && accounts.length > 0 && (
        <Accounts accounts={accounts} begin={(account, act) => setOpened({ what: 'change', account, act })} />
      )}
      <Identities
        begin={(identity, act) => setOpened({ what: 'change-identity', identity, act })}
        add={(act) => setOpened({ what: 'identity', act })}
      />
      <OpenedDialog
        opened={opened}
        accounts={accounts ?? []}
        close={() => setOpened(null)}
        done={(done) => setOpened(linkOf(done))}
        proposed={() => {
          setOpened(null);
          setSaid(t('proposed'));
        }}
      />
    </>
  );
}

/** What came of an act that has to be handed on; null for nothing. */
function linkOf({ officialId, link, expiresAt }: AccountActDone): Opened | null {
  if (officialId === null || link === null || expiresAt === null) return null;
  return { what: 'link', officialId, link, expiresAt };
}

interface OpenedDialogProps {
  readonly opened: Opened | null;
  readonly accounts: readonly Account[];
  readonly close: () => void;
  readonly done: (done: AccountActDone) => void;
  readonly proposed: (proposal: AccountProposal) => void;
}

function OpenedDialog({ opened, accounts, ...after }: OpenedDialogProps) {
  const names = useNames();
  switch (opened?.what) {
    case undefined:
      return null;
    case 'new':
      return <NewAccountDialog accounts={accounts} {...after} />;
    case 'identity':
      return <IdentityDialog act={opened.act} {...after} />;
    case 'link':
      return <LinkDialog {...opened} close={after.close} />;
    case 'change': {
      const { officialId, username } = opened.account;
      const who = `${names.official(officialId)} (${username})`;
      return <ActDialog act={{ act: opened.act, officialId }} who={who} {...after} />;
    }
    case 'change-identity': {
      const { issuer, subject, officialId } = opened.identity;
      const who = officialId === null ? subject : `${names.official(officialId)} (${subject})`;
      return <ActDialog act={{ act: opened.act, issuer, subject }} who={who} {...after} />;
    }
  }
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
    plain(`${names.official(officialId)} ${username}`).includes(plain(looked).trim());
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
          <HeadRow
            labels={(['person', 'posts', 'state', 'last', 'sessions', 'act'] as const).map((name) =>
              t(`column.${name}`),
            )}
          />
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
  const moment = useMomentWords();
  const { officialId, username, state, isDemo, lastSignedInAt, sessions } = account;
  const name = names.official(officialId);
  const held = directory?.held.filter((one) => one.officialId === officialId).map(({ postId }) => names.post(postId));
  const posts = held && [...new Set(held)]; // Posts of one name in several offices.
  const changes: readonly AccountChange[] =
    state === 'disabled'
      ? ['enabling']
      : ['invitation', ...(sessions > 0 ? (['signing-out'] as const) : []), 'disabling'];
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
      <Table.Td>
        {lastSignedInAt === null ? (
          t('never')
        ) : (
          <Anchor
            size="sm"
            aria-label={`${moment(lastSignedInAt)}: ${t('sign-ins-of', { who: name })}`}
            renderRoot={(props) => <Link to="/admin/sign-ins" search={{ official: officialId }} {...props} />}
          >
            <Moment at={lastSignedInAt} />
          </Anchor>
        )}
      </Table.Td>
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
