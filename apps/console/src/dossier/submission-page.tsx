import { useParams } from '@tanstack/react-router';
import { Dossier } from './dossier';

/** An online submission: it gets its code when it is accepted, and until then it has only the id. */
export default function SubmissionPage() {
  const { dossierId = '' }: { dossierId?: string } = useParams({ strict: false });
  return <Dossier key={dossierId} dossierId={dossierId} />;
}
