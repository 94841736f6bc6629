import { Anchor, Button, Group, Text } from '@mantine/core';
import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dossierIdQuery, proceduresQuery, useNames } from '../api/reads';
import { sessionQuery } from '../api/session';
import { ClockBadge } from '../clock/clock-badge';
import { clockStateOf } from '../clock/clock-state';
import type { FormName } from '../dossier/command-forms';
import { dossierPath } from '../parts/dossier-path';
import { Moment } from '../parts/moment';
import type { Language } from '../words/words';
import { isPast, rungWord, type Alert } from './alert-list';
import type { Standing } from './standings';

/** What can be done about an alert without leaving the list. */
export type AlertAct = 'acknowledge' | 'ask' | AlertCommand;

/** Commands of the dossier's page, given from here. */
type AlertCommand = (typeof alertCommands)[number];
const alertCommands = ['reassign', 'extend', 'request-supplement', 'suspend'] as const satisfies readonly FormName[];

export function isCommand(act: AlertAct): act is AlertCommand {
  return alertCommands.some((one) => one === act);
}

/** What came of it: done, or proposed where it takes two persons. */
export type AlertDone = AlertAct | 'proposed';

const acts: readonly AlertAct[] = ['acknowledge', ...alertCommands, 'ask'];

/** The action of the policy table that gives the right to one. */
const rightTo = (act: AlertAct) => (act === 'ask' ? 'write-note' : act);

interface AlertItemProps {
  readonly alert: Alert;
  readonly nowMs: number;
  /** How its dossier stands now; null while nobody knows. */
  readonly standing: Standing | null;
  /** What the reader has done about it on this page; null for nothing yet. */
  readonly done: AlertDone | null;
  readonly begin: (act: AlertAct) => void;
}

/** One alert: which dossier, why it was told and since when, who had it, and what to do. */
export function AlertItem({ alert, nowMs, standing, done, begin }: AlertItemProps) {
  const { t, i18n } = useTranslation('alerts');
  const names = useNames();
  const { data: procedures } = useQuery(proceduresQuery(i18n.language));
  const { word, number } = rungWord(alert.rung);
  const procedure = procedures?.find(({ code }) => code === alert.procedureCode)?.names[i18n.language as Language];
  const state = isPast(alert, nowMs) ? 'late' : 'soon';
  const titleId = `alert-${alert.seq}`;
  return (
    <li className={`motcua-alert motcua-alert-${alert.state === 'open' ? state : 'closed'}`} aria-labelledby={titleId}>
      <div>
        <h2 id={titleId} className="motcua-alert-code">
          <DossierLink alert={alert} />
        </h2>
        <Text size="sm">{procedure ?? alert.procedureCode}</Text>
        {alert.state === 'open' && <OwnClock alert={alert} standing={standing} toldState={state} />}
      </div>
      <dl className="motcua-alert-facts">
        <Fact name={t('fact.rung')}>
          {t(`rung.${word}`, { defaultValue: alert.rung, number })}
          <div>
            <Moment at={alert.dueAt} />
          </div>
        </Fact>
        <Fact name={t(`clock:due.${dueWords[alert.of]}`)}>
          {alert.ofDueAt === null ? t('no-longer-known') : <Moment at={alert.ofDueAt} />}
        </Fact>
        <Fact name={t('fact.responsible')}>
          {names.official(alert.responsible.officialId)}
          <div>
            {names.post(alert.responsible.postId)}, {names.office(alert.responsible.officeId)}
          </div>
        </Fact>
      </dl>
      <div>
        <Result alert={alert} done={done} />
        <Acts alert={alert} standing={standing} begin={begin} />
      </div>
    </li>
  );
}

interface OwnClockProps extends Pick<AlertItemProps, 'alert' | 'standing'> {
  /** As far as the alert itself tells, until desk has said how the clock stands. */
  readonly toldState: 'late' | 'soon';
}

/** How much working time is left until the due instant that the alert is about, or by how much it is over: the dossier's own clock. */
function OwnClock({ alert, standing, toldState }: OwnClockProps) {
  const left = standing?.workingMsLeft[alert.of] ?? null;
  if (standing === null || left === null) return <ClockBadge state={toldState} workingMsLeft={null} />;
  return <ClockBadge state={clockStateOf(standing, left)} workingMsLeft={left} />;
}

/** The clock's words for the due instant that an alert hangs on. */
const dueWords = {
  acceptanceDueAt: 'acceptance',
  stepDueAt: 'step',
  appointmentAt: 'appointment',
  legalDueAt: 'legal',
} as const satisfies Readonly<Record<Alert['of'], string>>;

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What became of it: by the reader here, or by anybody since. */
function Result({ alert, done }: Pick<AlertItemProps, 'alert' | 'done'>) {
  const { t } = useTranslation('alerts');
  const names = useNames();
  const isTakenUp = alert.state === 'acknowledged' && alert.plannedAt !== null;
  return (
    <div role="status" className="motcua-alert-result">
      {done !== null && !(done === 'acknowledge' && isTakenUp) && t(`done.${done}`)}
      {isTakenUp && alert.plannedAt !== null && (
        <>
          {t('taken-up-by', { name: names.official(alert.acknowledgedBy) })} <Moment at={alert.plannedAt} />
        </>
      )}
      {(alert.state === 'withdrawn' || alert.state === 'ended') && t(`state.${alert.state}`)}
    </div>
  );
}

function Acts({ alert, standing, begin }: Pick<AlertItemProps, 'alert' | 'standing' | 'begin'>) {
  const { t } = useTranslation('alerts');
  const { data: session } = useSuspenseQuery(sessionQuery);
  if (alert.state === 'withdrawn' || alert.state === 'ended') return null;
  const canTakeUp = alert.state === 'open' && alert.ofCurrentSchedule;
  const isOwn = alert.responsible.officialId === session.official.id; // Nobody need ask themselves.
  const isAllowed = (command: AlertCommand) =>
    standing?.commands.some(({ name, allowed }) => name === command && allowed) === true;
  const isFitting = {
    acknowledge: canTakeUp,
    reassign: true,
    extend: true,
    'request-supplement': isAllowed('request-supplement'),
    suspend: isAllowed('suspend'),
    ask: !isOwn,
  };
  const offered = acts.filter((act) => rightTo(act) in session.rights && isFitting[act]);
  const name = alert.code ?? t('no-code');
  return (
    <>
      {alert.state === 'open' && !alert.ofCurrentSchedule && <Text size="sm">{t('deadline-moved')}</Text>}
      <Group gap="xs" role="group" aria-label={t('acts', { code: name })} className="motcua-no-print">
        {offered.map((act) => (
          <Button key={act} size="sm" variant={act === 'acknowledge' ? 'filled' : 'default'} onClick={() => begin(act)}>
            {t(`act.${act}`)}
          </Button>
        ))}
      </Group>
    </>
  );
}

function DossierLink({ alert: { code, dossierId } }: { readonly alert: Alert }) {
  const { t } = useTranslation('alerts');
  const queries = useQueryClient();
  const address = dossierPath(code, dossierId);
  // The list knows the id already, so the page need not ask which dossier has this code.
  const remember = () => code !== null && queries.setQueryData(dossierIdQuery(code).queryKey, dossierId);
  return (
    <Anchor component={Link} to={address} fw={700} onClick={remember}>
      {code ?? t('no-code')}
    </Anchor>
  );
}
