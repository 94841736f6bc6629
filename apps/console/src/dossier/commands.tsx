import { Button, List, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { commandsQuery } from '../api/reads';
import { Failed, Loading } from '../parts/states';
import { commandForms, isFormName, type FormName } from './command-forms';

const inOrder = Object.keys(commandForms) as FormName[];

/** What the reader may do now, what comes next in most cases first; and what is not possible now, with why. */
export function Commands({ dossierId, open }: { readonly dossierId: string; readonly open: (name: FormName) => void }) {
  const { t } = useTranslation('dossier');
  const { data, error, refetch } = useQuery(commandsQuery(dossierId));
  const known = (data ?? []).flatMap(({ name, ...rest }) => (isFormName(name) ? [{ name, ...rest }] : []));
  const sorted = [...known].sort((one, other) => inOrder.indexOf(one.name) - inOrder.indexOf(other.name));
  const allowed = sorted.filter((one) => one.allowed);
  const refused = sorted.filter((one) => !one.allowed);
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="commands-title" className="motcua-no-print">
      <Title order={2} size="h5" id="commands-title" mb="xs">
        {t('commands')}
      </Title>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && allowed.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('nothing-to-do')}
        </Text>
      )}
      <Stack gap={6}>
        {allowed.map(({ name, takesTwo }, index) => (
          <Button
            key={name}
            size="sm"
            variant={index === 0 ? 'filled' : 'default'}
            justify="start"
            onClick={() => open(name)}
          >
            {takesTwo ? t('propose', { command: t(`command.${name}`) }) : t(`command.${name}`)}
          </Button>
        ))}
      </Stack>
      {refused.length > 0 && (
        <details className="motcua-refused">
          <summary>{t('not-now')}</summary>
          <List size="sm">
            {refused.map(({ name, refusal }) => (
              <List.Item key={name}>
                {t(`command.${name}`)}: {t(`frame:problem.${refusal ?? 'ACTION_FORBIDDEN'}`)}
              </List.Item>
            ))}
          </List>
        </details>
      )}
    </Paper>
  );
}
