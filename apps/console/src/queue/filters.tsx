import { Button, Group, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { directoryQuery, proceduresQuery } from '../api/reads';
import type { QueuePage } from '../api/views';
import { useAddress } from '../parts/address';
import { Moment } from '../parts/moment';
import { optionsOf, type Option } from '../parts/options';
import { statuses } from '../clock/statuses';
import { filtersOf } from './views';

const ofState = ['late', 'soon', 'paused'] as const;

const unfiltered = {
  procedure: undefined,
  holder: undefined,
  status: undefined,
  state: undefined,
  answered: undefined,
  dueFrom: undefined,
  dueBefore: undefined,
};

/** What narrows the list; all of it goes into the address. */
export function Filters({ counts }: { readonly counts: QueuePage['counts'] | null }) {
  const { t, i18n } = useTranslation('queue');
  const [address, change] = useAddress();
  const { data: procedures } = useQuery(proceduresQuery(i18n.language));
  const { data: directory } = useQuery(directoryQuery);
  const language = i18n.language as 'vi' | 'en' | 'de';
  return (
    <Group gap="xs" align="end" mb="xs" className="motcua-no-print">
      <Group gap={4} role="group" aria-label={t('filter.state')}>
        <StateButton value={undefined} count={counts?.all} />
        {ofState.map((state) => (
          <StateButton key={state} value={state} count={counts?.[state]} />
        ))}
      </Group>
      <AnsweredButton />
      <Pick
        name="procedure"
        label={t('filter.procedure')}
        options={procedures?.map(({ code, names }) => ({ value: code, label: names[language] })) ?? []}
      />
      <Pick name="holder" label={t('filter.holder')} options={optionsOf(directory?.officials ?? [], i18n.language)} />
      <Pick
        name="status"
        label={t('filter.status')}
        options={statuses.map((status) => ({ value: status, label: t(`clock:status.${status}`) }))}
      />
      <DueFilter {...filtersOf(address)} />
      {Object.keys(unfiltered).some((name) => name in address) && (
        <Button variant="subtle" size="compact-sm" onClick={() => change(unfiltered)}>
          {t('clear')}
        </Button>
      )}
    </Group>
  );
}

/** Only those with something that nobody has read: the applicant has written, or a colleague asks. */
function AnsweredButton() {
  const { t } = useTranslation('queue');
  const [address, change] = useAddress();
  const isChosen = address['answered'] === 'true';
  return (
    <Button
      size="compact-sm"
      variant={isChosen ? 'filled' : 'default'}
      aria-pressed={isChosen}
      onClick={() => change({ answered: isChosen ? undefined : 'true' })}
    >
      {t('answered')}
    </Button>
  );
}

function StateButton({
  value,
  count,
}: {
  readonly value: (typeof ofState)[number] | undefined;
  readonly count: number | undefined;
}) {
  const { t, i18n } = useTranslation('queue');
  const [address, change] = useAddress();
  const isChosen = address['state'] === value;
  return (
    <Button
      size="compact-sm"
      variant={isChosen ? 'filled' : 'default'}
      aria-pressed={isChosen}
      onClick={() => change({ state: value })}
    >
      {t(`count.${value ?? 'all'}`)} {count?.toLocaleString(i18n.language) ?? ''}
    </Button>
  );
}

/** Within which time it is due, where an address says so: a figure leads there, nobody types it. */
function DueFilter({ dueFrom, dueBefore }: ReturnType<typeof filtersOf>) {
  const { t } = useTranslation('queue');
  if (dueFrom === undefined && dueBefore === undefined) return null;
  return (
    <Text size="sm" fw={700}>
      {t('filter.due')}
      {dueFrom !== undefined && (
        <>
          {' '}
          {t('filter.due-from')} <Moment at={dueFrom} />
        </>
      )}
      {dueBefore !== undefined && (
        <>
          {' '}
          {t('filter.due-before')} <Moment at={dueBefore} />
        </>
      )}
    </Text>
  );
}

interface PickProps {
  readonly name: 'procedure' | 'holder' | 'status';
  readonly label: string;
  readonly options: readonly Option[];
}

function Pick({ name, label, options }: PickProps) {
  const { t } = useTranslation('queue');
  const [address, change] = useAddress();
  const chosen = address[name] ?? '';
  const known =
    chosen === '' || options.some(({ value }) => value === chosen)
      ? options
      : [{ value: chosen, label: chosen }, ...options];
  return (
    <NativeSelect
      size="xs"
      w={150}
      label={label}
      value={chosen}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
      data={[{ value: '', label: t('filter.any') }, ...known]}
    />
  );
}
