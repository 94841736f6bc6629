import { Anchor, type AnchorProps } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Address } from './address';

interface QueueLinkProps extends AnchorProps {
  /** What the address of the queue says: view, filters or a figure. */
  readonly search: Address;
  readonly children: ReactNode;
  readonly 'aria-label'?: string;
  readonly title?: string;
  readonly onClick?: () => void;
}

/** Leads to a list of dossiers. */
export function QueueLink({ search, ...anchor }: QueueLinkProps) {
  return <Anchor {...anchor} renderRoot={(props) => <Link to="/queue" search={search} {...props} />} />;
}
