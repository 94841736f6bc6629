import { Stack } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Failed, Loading } from '../../parts/states';
import type { ProposedDocument } from '../proposals/document-proposals';
import { ProposalsPanel, type LookedAt } from '../proposals/proposals-panel';
import { everythingOfCatalogue } from './catalogue-reads';
import './catalogue.css';
import { proposedFiles } from './proposed-files';
import { canBeLoaded, seenIn } from './seen';
import { WhatItChanges } from './what-it-changes';

/** Calendars and procedures that wait for a second person, looked at as a file is before it is loaded. */
export function CatalogueProposals() {
  const { t } = useTranslation('catalogue');
  return (
    <ProposalsPanel
      act="load-catalogue"
      titleOf={({ document }) =>
        proposedFiles(document)
          .map(({ kind, of, version }) => t(`proposed.${kind}`, { of, version }))
          .join('; ')
      }
      changesOf={(lookedAt) => <Changes {...lookedAt} />}
    />
  );
}

const seenQuery = ({ proposalId, document }: ProposedDocument) =>
  queryOptions({
    queryKey: [...everythingOfCatalogue.queryKey, 'proposed', proposalId],
    queryFn: () => Promise.all(proposedFiles(document).map(({ file }) => seenIn(file))),
  });

/** What it would change by now, also where another version was loaded since it was proposed. */
function Changes({ proposed, decisions }: LookedAt) {
  const { data, error, refetch } = useQuery(seenQuery(proposed));
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const isLoadable = data.every(({ preview }) => preview.defects.length === 0) && data.some(canBeLoaded);
  return (
    <Stack gap="sm">
      {data.map((seen) => (
        <WhatItChanges key={seen.key} seen={seen} />
      ))}
      {decisions(isLoadable)}
    </Stack>
  );
}
