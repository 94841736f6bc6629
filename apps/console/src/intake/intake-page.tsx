import { Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { proceduresQuery } from '../api/reads';
import { Failed, Loading } from '../parts/states';
import { IntakeForm } from './intake-form';
import './intake.css';
import { ReceivedDossierPanel } from './received';
import { useIntake } from './use-intake';

/** A dossier is taken in at the desk: by keyboard alone, with its date explained before anybody says yes. */
export default function IntakePage() {
  const { t, i18n } = useTranslation('intake');
  const { data: procedures, error, refetch } = useQuery(proceduresQuery(i18n.language));
  const intake = useIntake();
  if (intake.received) return <ReceivedDossierPanel received={intake.received} next={intake.startOver} />;
  return (
    <>
      <Title order={1} size="h3" mb="xs">
        {t('title')}
      </Title>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!procedures && !error && <Loading />}
      {procedures && <IntakeForm key={intake.draft.key} procedures={procedures} intake={intake} />}
    </>
  );
}
