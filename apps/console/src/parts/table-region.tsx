import type { ReactNode, Ref } from 'react';

interface TableRegionProps {
  /** What the box holds, for whoever hears it instead of seeing it. */
  readonly label: string;
  readonly children: ReactNode;
  readonly className?: string;
  readonly ref?: Ref<HTMLDivElement>;
}

/** A box that scrolls by itself, by keyboard too. Wide tables belong into one: the page itself never scrolls sideways. */
export function TableRegion({ label, children, className = '', ref }: TableRegionProps) {
  return (
    <div ref={ref} className={`motcua-region ${className}`} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
