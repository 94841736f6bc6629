import { Button, Group, NativeSelect, Paper, Progress, Radio, Stack, Text, Title } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/session';
import { ErrorSummary, type FieldError } from '../../parts/error-summary';
import { fieldId, TextField } from '../../parts/fields';
import { Failed, Loading } from '../../parts/states';
import { movedQuery, type MovedDossier, type Moves } from './calendar-reads';
import { MovedTable } from './moved-table';
import { useRecomputation, type Done } from './use-recomputation';

/** What the newest calendars mean for the open dossiers: looked at, decided upon, carried out before one's eyes. */
export function RecomputationPanel() {
  const { t } = useTranslation('calendars');
  const { data: session } = useSuspenseQuery(sessionQuery);
  const { data, error, refetch } = useQuery(movedQuery);
  return (
    <Paper withBorder p="sm" mt="md" component="section" aria-labelledby="recomputation-title">
      <Title order={2} size="h5" id="recomputation-title">
        {t('recomputation.title')}
      </Title>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && ('recompute' in session.rights ? <Deciding moves={data} /> : <Looking moves={data} />)}
    </Paper>
  );
}

function Looking({ moves }: { readonly moves: Moves }) {
  const { t } = useTranslation('calendars');
  return (
    <>
      <Text size="sm" fw={moves.moved.length > 0 ? 700 : undefined}>
        {moves.moved.length === 0
          ? t('recomputation.nothing', { count: moves.checked })
          : t('moved.count', { count: moves.moved.length, checked: moves.checked })}
      </Text>
      <MovedTable moves={moves} />
    </>
  );
}

function Deciding({ moves }: { readonly moves: Moves }) {
  const { t } = useTranslation('calendars');
  const { decision, done, isSending, refusal, change, carryOut } = useRecomputation();
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { calendarId, legalBasis, isSent } = decision;
  const moved = moves.moved.filter((one) => calendarId === null || calendarOf(one) === calendarId);
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const isMissing = legalBasis.trim() === '';
    const missing = { name: 'legalBasis', label: t('recomputation.legal-basis'), text: t('frame:form.required') };
    setErrors(isMissing ? [missing] : []);
    if (!isMissing) carryOut();
  };
  if (moves.moved.length === 0 && !isSent)
    return (
      <>
        <Looking moves={moves} />
        {refusal !== null && <Failed error={refusal} />}
        {done && <Result done={done} of={moves.checked} />}
      </>
    );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <ErrorSummary errors={errors} />
        {refusal !== null && <Failed error={refusal} />}
        {done && <Result done={done} of={moves.checked} />}
        {isSent && !isSending && <Text role="status">{t('recomputation.left')}</Text>}
        <Looking moves={{ ...moves, moved }} />
        <fieldset className="motcua-plain-fieldset" disabled={isSending || isSent}>
          <Stack gap="sm">
            <Choices moves={moves} decision={decision} change={change} />
            <TextField
              name="legalBasis"
              label={t('recomputation.legal-basis')}
              description={t('recomputation.legal-basis-how')}
              required
              value={legalBasis}
              error={errors[0]?.text}
              change={(text) => change({ legalBasis: text })}
            />
          </Stack>
        </fieldset>
        <Text size="sm">{t(`recomputation.means-${decision.decision}`)}</Text>
        <Group>
          <Button type="submit" loading={isSending}>
            {isSent ? t('recomputation.go-on') : t(`recomputation.do-${decision.decision}`, { count: moved.length })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

interface ChoicesProps extends Pick<ReturnType<typeof useRecomputation>, 'decision' | 'change'> {
  readonly moves: Moves;
}

function Choices({ moves, decision: { decision, calendarId }, change }: ChoicesProps) {
  const { t } = useTranslation('calendars');
  const calendars = [...new Set(moves.moved.map(calendarOf))].sort();
  return (
    <>
      {(calendars.length > 1 || calendarId !== null) && (
        <NativeSelect
          id={fieldId('calendarId')}
          label={t('recomputation.which')}
          value={calendarId ?? ''}
          data={[
            { value: '', label: t('recomputation.every') },
            ...[...new Set([...calendars, ...(calendarId === null ? [] : [calendarId])])].map((id) => ({
              value: id,
              label: t('recomputation.only', { id }),
            })),
          ]}
          onChange={({ currentTarget: { value } }) => change({ calendarId: value === '' ? null : value })}
        />
      )}
      <Radio.Group
        label={t('recomputation.decision')}
        value={decision}
        onChange={(value) => change({ decision: value === 'keep' ? 'keep' : 'apply' })}
      >
        <Group mt={4}>
          <Radio value="apply" label={t('recomputation.apply')} />
          <Radio value="keep" label={t('recomputation.keep')} />
        </Group>
      </Radio.Group>
    </>
  );
}

function Result({ done, of }: { readonly done: Done; readonly of: number }) {
  const { t } = useTranslation('calendars');
  if (done.decision === 'keep') return <Text role="status">{t('recomputation.kept')}</Text>;
  return (
    <div>
      {!done.isWhole && (
        <Progress value={of === 0 ? 0 : (done.checked / of) * 100} aria-label={t('recomputation.progress')} />
      )}
      <Text role="status" fw={700}>
        {t(done.isWhole ? 'recomputation.done' : 'recomputation.under-way', {
          count: done.moved,
          checked: done.checked,
        })}
      </Text>
      {done.failed > 0 && <Text size="sm">{t('moved.failed', { count: done.failed })}</Text>}
    </div>
  );
}

function calendarOf({ to }: MovedDossier): string {
  return to.split('/')[0] ?? to;
}
