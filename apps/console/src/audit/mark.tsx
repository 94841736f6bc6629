import { useTranslation } from 'react-i18next';

const shapes = { agrees: 'M2 8.5 4 6.5 6.5 9 12 3.5 14 5.5 6.5 13Z', differs: 'M8 1 15 15 1 15Z' } as const;

/** Whether something holds, said in words and by a shape, so that nobody needs the colour. */
export function Mark({ agrees, children }: { readonly agrees: boolean; readonly children?: string }) {
  const { t } = useTranslation('audit');
  const shape = agrees ? 'agrees' : 'differs';
  return (
    <span className={`motcua-mark motcua-mark-${shape}`}>
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <path d={shapes[shape]} fill="currentColor" />
      </svg>
      {children ?? t(shape)}
    </span>
  );
}
