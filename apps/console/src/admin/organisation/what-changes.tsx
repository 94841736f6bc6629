import { Anchor, List, Text, Title } from '@mantine/core';
import { queryOptions } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/call';
import type { paths } from '../../api/desk';
import { detailsOf } from './details';
import { collisions, type Edit, type Organisation } from './edits';
import type { FieldKind } from './fields';
import { useRowWords, type RowWords } from './row-words';

type Preview = paths['/organisation/previews']['post']['responses'][200]['content']['application/json'];
export type Defect = Preview['defects'][number];

/** What an organisation would change, and because of what it would be refused; `basis` is the version it would take the place of. */
export const organisationPreviewQuery = (organisation: object, basis: string | null) =>
  queryOptions({
    queryKey: ['organisation-preview', basis, organisation],
    queryFn: async ({ signal }) =>
      (await call<Preview>('/api/desk/organisation/previews', { method: 'POST', body: organisation, signal })).body,
    gcTime: 0,
    retry: false,
  });

interface WhatChangesProps {
  readonly preview: Preview;
  readonly saved: Organisation;
  readonly edits: readonly Edit[];
  readonly edited: Organisation;
  /** Opens the form in which something is to be corrected; absent where nothing is edited. */
  readonly correct?: (defect: Defect) => void;
}

/** What is wrong with an edited organisation, each edit from what to what, and who leaves a post with work. */
export function WhatChanges({ preview, saved, edits, edited, correct }: WhatChangesProps) {
  const { t } = useTranslation('admin-organisation');
  const words = useRowWords(edited);
  const both = collisions(saved, edits);
  return (
    <>
      {preview.defects.length > 0 && (
        <div role="alert" className="motcua-failed">
          <Text fw={700}>{t('save.defects', { count: preview.defects.length })}</Text>
          <List>
            {preview.defects.map((defect) => (
              <List.Item key={`${defect.field} ${defect.code}`}>
                {correct ? (
                  <Anchor component="button" type="button" onClick={() => correct(defect)}>
                    {t(`defect.${defect.code}`)} ({defect.field})
                  </Anchor>
                ) : (
                  `${t(`defect.${defect.code}`)} (${defect.field})`
                )}
              </List.Item>
            ))}
          </List>
        </div>
      )}
      <EditLines title={t('save.changes', { count: edits.length })} edits={edits} words={words} />
      {both.length > 0 && <EditLines title={t('save.both')} edits={both} words={words} />}
      <LeavingLines leaving={preview.leaving} words={words} />
    </>
  );
}

interface EditLinesProps {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly words: RowWords;
}

/** Each edit in a line, and below it what the line leaves unsaid. */
export function EditLines({ title, edits, words }: EditLinesProps) {
  const { t } = useTranslation('admin-organisation');
  const kindOf = ({ before, after }: Edit) => (before === null ? 'added' : after === null ? 'removed' : 'changed');
  return (
    <div>
      <Title order={3} size="h5">
        {title}
      </Title>
      <List>
        {edits.map((edit) => (
          <List.Item key={`${edit.part} ${edit.key}`}>
            {t(`save.${kindOf(edit)}`)}: {t(`thing.${edit.part}`)},{' '}
            {words.row(edit.part, edit.after ?? edit.before ?? {})}
            <Details edit={edit} words={words} />
          </List.Item>
        ))}
      </List>
    </div>
  );
}

function Details({ edit, words }: { readonly edit: Edit; readonly words: RowWords }) {
  const { t } = useTranslation('admin-organisation');
  const details = detailsOf(edit);
  const said = (kind: FieldKind, value: unknown) => words.field(kind, value) || t('save.nothing');
  if (details.length === 0) return null;
  return (
    <List size="sm" listStyleType="none" withPadding>
      {details.map(({ name, kind, before, after }) => (
        <List.Item key={name}>
          {words.label(edit.part, name)}: {edit.before !== null && `${said(kind, before)} → `}
          <strong>{said(kind, after)}</strong>
        </List.Item>
      ))}
    </List>
  );
}

function LeavingLines({ leaving, words }: { readonly leaving: Preview['leaving']; readonly words: RowWords }) {
  const { t } = useTranslation('admin-organisation');
  if (leaving.length === 0) return <Text size="sm">{t('save.nobody-leaves')}</Text>;
  return (
    <div>
      <Title order={3} size="h5">
        {t('save.leaving')}
      </Title>
      <List>
        {leaving.map(({ officialId, postId, because, from, until, actingOfficialId, openDossiers }) => (
          <List.Item key={`${officialId} ${postId} ${because} ${from}`}>
            {t(`save.leaves-${because}${until === null ? '' : '-until'}`, {
              who: words.official(officialId),
              post: words.post(postId),
              from: words.field('day', from),
              until: words.field('last-day', until),
            })}{' '}
            <Text span fw={openDossiers > 0 ? 700 : 400}>
              {t('save.open', { count: openDossiers })}
            </Text>{' '}
            {actingOfficialId === null ? (
              <Text span fw={700} className="motcua-nobody">
                {t('save.nobody-acts')}
              </Text>
            ) : (
              t('save.acts', { who: words.official(actingOfficialId) })
            )}
          </List.Item>
        ))}
      </List>
      {leaving.some(({ openDossiers }) => openDossiers > 0) && <Text size="sm">{t('save.hand-on')}</Text>}
    </div>
  );
}
