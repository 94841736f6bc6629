import { useTranslation } from 'react-i18next';
import { QueueLink } from '../parts/queue-link';
import type { FigureAsked } from '../queue/figure';

/** A number that opens the dossiers it counts; of none there is nothing to open. */
export function FigureLink({ count, asked }: { readonly count: number; readonly asked: FigureAsked }) {
  const { t, i18n } = useTranslation('figures');
  const written = count.toLocaleString(i18n.language);
  if (count === 0) return written;
  return (
    <QueueLink size="sm" search={{ ...asked }} title={t(`how.${asked.figure}`)}>
      {written}
    </QueueLink>
  );
}
