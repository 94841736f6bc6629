import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { dossierIdQuery } from '../api/reads';
import { Failed, Loading, isNotFound } from '../parts/states';
import { Dossier } from './dossier';
import { NoSuchDossier } from './no-such-dossier';

/** One dossier, one page, one code. The id that desk knows it by is shown to nobody. */
export default function DossierPage() {
  const { code = '' }: { code?: string } = useParams({ strict: false });
  const { data: dossierId, error, refetch } = useQuery(dossierIdQuery(code));
  if (isNotFound(error)) return <NoSuchDossier code={code} />;
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  return dossierId === undefined ? <Loading /> : <Dossier key={dossierId} dossierId={dossierId} />;
}
