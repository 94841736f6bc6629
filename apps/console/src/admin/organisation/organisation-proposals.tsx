import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Failed, Loading } from '../../parts/states';
import type { ProposedDocument } from '../proposals/document-proposals';
import { ProposalsPanel, type LookedAt } from '../proposals/proposals-panel';
import { editsBetween, type Edit } from './edits';
import { wholeOrganisation } from './organisation-file';
import { useRowWords } from './row-words';
import type { Edits } from './use-edits';
import { EditLines, organisationPreviewQuery, WhatChanges } from './what-changes';

/** Organisations that wait for a second person. Its author can take what they edited up again, over what is saved now. */
export function OrganisationProposals({ edits }: { readonly edits: Edits }) {
  const { t } = useTranslation('admin-organisation');
  return (
    <ProposalsPanel
      act="load-organisation"
      titleOf={(proposed) => t('save.proposed', { count: editsOf(proposed).length, version: proposed.version })}
      changesOf={(lookedAt) => <Changes {...lookedAt} edits={edits} />}
      takeUp={(proposed) => edits.edit(...editsOf(proposed))}
    />
  );
}

/** As long as it fits, what it would change by now; else what its author edited then. */
function Changes({ proposed, state, edits, decisions }: LookedAt & { readonly edits: Edits }) {
  const { t } = useTranslation('admin-organisation');
  const edited = wholeOrganisation(proposed.document);
  const own = editsOf(proposed);
  const words = useRowWords(edited);
  const { data, error, refetch } = useQuery({
    ...organisationPreviewQuery(edited, edits.etag),
    enabled: state === 'open',
  });
  if (state !== 'open') return <EditLines title={t('save.changes', { count: own.length })} edits={own} words={words} />;
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Stack gap="xs">
      <WhatChanges preview={data} saved={edits.saved} edits={own} edited={edited} />
      {decisions(data.defects.length === 0)}
    </Stack>
  );
}

function editsOf(proposed: ProposedDocument): readonly Edit[] {
  return proposed.edited === null ? [] : editsBetween(proposed.edited, wholeOrganisation(proposed.document));
}
