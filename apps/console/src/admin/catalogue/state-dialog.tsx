import { List, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call';
import { useDayWords } from '../../parts/day-words';
import { Dialog, SubmitOrCancel } from '../../parts/dialog';
import { ErrorSummary, type FieldError } from '../../parts/error-summary';
import { DayField, TextField } from '../../parts/fields';
import { Failed } from '../../parts/states';
import { typedDay } from '../../parts/typed-moment';
import { useSending } from '../../parts/use-sending';
import { everythingOfCatalogue, versionQuery, type VersionInTime } from './catalogue-reads';
import { takingOn, takingOncePublished, takingOnceWithdrawn } from './versions';

/** What may become of a version. */
export type Act = 'publish' | 'withdraw';

interface StateDialogProps {
  readonly act: Act;
  readonly code: string;
  readonly version: VersionInTime;
  readonly versions: readonly VersionInTime[];
  /** `YYYY-MM-DD` in the office's zone. */
  readonly today: string;
  readonly close: () => void;
}

/** Publishes a draft or withdraws a version, upon a decision; what follows from it is said before. */
export function StateDialog({ act, code, version, versions, today, close }: StateDialogProps) {
  const { t } = useTranslation('catalogue');
  const queries = useQueryClient();
  const [legalBasis, setLegalBasis] = useState('');
  const [from, setFrom] = useState('');
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const { isSending, refusal, run } = useSending();
  const day = from.trim() === '' ? today : typedDay(from);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wrong: FieldError[] = [];
    if (legalBasis.trim() === '')
      wrong.push({ name: 'legalBasis', label: t('legal-basis'), text: t('frame:form.required') });
    if (day === null) wrong.push({ name: 'from', label: t('withdraw.from'), text: t('frame:form.date-wrong') });
    else if (day < today) wrong.push({ name: 'from', label: t('withdraw.from'), text: t('withdraw.past') });
    setErrors(wrong);
    if (wrong.length > 0) return;
    await run(async () => {
      const body = { legalBasis: legalBasis.trim(), ...(act === 'withdraw' && { from: day }) };
      const path = `/api/desk/catalogue/procedures/${encodeURIComponent(code)}/versions/${version.version}/${act}`;
      await call(path, { method: 'POST', body });
      await queries.invalidateQueries(everythingOfCatalogue);
      close();
    });
  };
  const errorOf = (name: string) => errors.find((one) => one.name === name)?.text;
  return (
    <Dialog title={t(`${act}.of`, { version: version.version })} close={isSending ? null : close} size="lg">
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <ErrorSummary errors={errors} />
          {refusal !== null && <Failed error={refusal} />}
          {act === 'publish' && <OncePublished version={version} versions={versions} today={today} />}
          {act === 'withdraw' && (
            <>
              <OnceWithdrawn code={code} version={version} versions={versions} day={day ?? today} />
              <DayField name="from" label={t('withdraw.from')} value={from} error={errorOf('from')} change={setFrom} />
            </>
          )}
          <TextField
            name="legalBasis"
            label={t('legal-basis')}
            description={t('legal-basis-how')}
            required
            value={legalBasis}
            error={errorOf('legalBasis')}
            change={setLegalBasis}
          />
          <SubmitOrCancel label={t(`${act}.do`)} isSending={isSending} cancel={close} />
        </Stack>
      </form>
    </Dialog>
  );
}

function OncePublished({ version, versions, today }: Pick<StateDialogProps, 'version' | 'versions' | 'today'>) {
  const { t } = useTranslation('catalogue');
  const dayWords = useDayWords();
  const day = version.validFrom !== null && version.validFrom > today ? version.validFrom : today;
  const before = takingOn(versions, day);
  const after = takingOncePublished(versions, version.version, day);
  const isTaking = after?.version === version.version;
  return (
    <List size="sm">
      <List.Item>
        {isTaking
          ? t('publish.takes', { version: version.version, day: dayWords(day) })
          : t('publish.never-takes', { version: version.version, other: after?.version ?? '' })}
      </List.Item>
      {isTaking && before !== null && <List.Item>{t('publish.instead', { version: before.version })}</List.Item>}
      <List.Item>{t('publish.open')}</List.Item>
      <List.Item>{t('publish.for-good')}</List.Item>
    </List>
  );
}

interface OnceWithdrawnProps extends Pick<StateDialogProps, 'code' | 'version' | 'versions'> {
  readonly day: string;
}

function OnceWithdrawn({ code, version, versions, day }: OnceWithdrawnProps) {
  const { t } = useTranslation('catalogue');
  const dayWords = useDayWords();
  const { data } = useQuery(versionQuery(code, version.version));
  const after = takingOnceWithdrawn(versions, version.version, day);
  return (
    <List size="sm">
      {data && <List.Item>{t('withdraw.open', { count: data.openDossiers })}</List.Item>}
      <List.Item>
        {after === null
          ? t('withdraw.nobody', { day: dayWords(day) })
          : t('withdraw.instead', { day: dayWords(day), version: after.version })}
      </List.Item>
      <List.Item>{t('withdraw.for-good')}</List.Item>
    </List>
  );
}
