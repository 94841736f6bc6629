import { useTranslation } from 'react-i18next';

/** How a step of a procedure is called. A procedure names it by a code; one that no word is known for is shown as it is. */
export function useStepName(): (code: string) => string {
  const { t } = useTranslation('dossier');
  return (code) => t(`step-name.${code}`, { defaultValue: code });
}
