import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

interface DossierLinkProps {
  /** Null until an online submission is accepted: then its own page is all there is. */
  readonly code: string | null;
  readonly dossierId: string;
}

/** From a line about a dossier to where it is inspected. */
export function DossierLink({ code, dossierId }: DossierLinkProps) {
  const { t } = useTranslation('audit');
  const address = code === null ? `/submissions/${dossierId}` : `/audit/${encodeURIComponent(code)}`;
  return (
    <Anchor inherit renderRoot={(props) => <Link to={address} {...props} />}>
      {code ?? t('no-code')}
    </Anchor>
  );
}
