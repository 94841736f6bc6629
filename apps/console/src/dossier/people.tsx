import { List, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNames } from '../api/reads';
import type { DossierView } from '../api/views';
import { Moment } from '../parts/moment';

/** Who handed it in, who answers for it now, and who did before. */
export function People({ view }: { readonly view: DossierView }) {
  const { t } = useTranslation('dossier');
  const names = useNames();
  const { holder, pendingHandover, applicant } = view;
  const before = view.responsibility.slice(0, -1).reverse();
  return (
    <Paper withBorder p="sm" component="section" aria-labelledby="people-title">
      <Title order={2} size="h5" id="people-title" mb="xs">
        {t('people')}
      </Title>
      <dl className="motcua-facts">
        <Fact name={t('applicant')}>
          {applicant === null ? (
            <Text size="sm" c="dimmed">
              {t('applicant-hidden')}
            </Text>
          ) : (
            <>
              {applicant.name}
              {[applicant.phone, applicant.email, applicant.identityNumber, applicant.address].map(
                (line) => line !== null && <div key={line}>{line}</div>,
              )}
            </>
          )}
        </Fact>
        <Fact name={t('holder')}>
          {names.official(holder.officialId)}
          <div>
            {names.post(holder.postId)}, {names.office(holder.officeId)}
          </div>
          {pendingHandover && (
            <Text size="sm" fw={700}>
              {t('not-answered', { name: names.official(pendingHandover.giver.officialId) })}{' '}
              <Moment at={pendingHandover.since} />
            </Text>
          )}
        </Fact>
        {before.length > 0 && (
          <Fact name={t('before')}>
            <List size="sm" listStyleType="none">
              {before.map(({ officialId, from, until }) => (
                <List.Item key={from}>
                  {names.official(officialId)}, {t('until')} {until !== null && <Moment at={until} detail="day" />}
                </List.Item>
              ))}
            </List>
          </Fact>
        )}
        <Fact name={t('received-by')}>{names.office(view.officeId)}</Fact>
        {view.decidingOfficeId !== view.officeId && (
          <Fact name={t('decided-by')}>{names.office(view.decidingOfficeId)}</Fact>
        )}
        {view.takenOverFrom && (
          <Fact name={t('taken-over-from')}>
            {view.takenOverFrom.system}, {view.takenOverFrom.number}
          </Fact>
        )}
      </dl>
    </Paper>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
