import { Button, Checkbox, FileButton, Group, SegmentedControl, Text, TextInput, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nowMs } from '../../now';
import { useAddress } from '../../parts/address';
import { plain } from '../../parts/plain';
import { Empty, Failed, Loading } from '../../parts/states';
import { editsBetween, parts, type KeyedRow, type Part, type Row } from './edits';
import { EndedWork } from './ended-work';
import { rowFields, type FormPart } from './fields';
import { FourEyes } from './four-eyes';
import { downloadOrganisation, organisationIn } from './organisation-file';
import { OrganisationProposals } from './organisation-proposals';
import './organisation.css';
import { PartTable } from './part-table';
import { RowDialog } from './row-dialog';
import { useRowWords } from './row-words';
import { SaveDialog } from './save-dialog';
import { useEdits, type Edits } from './use-edits';
import type { Defect } from './what-changes';

/** Offices, posts and people, edited as forms and saved as a whole: first what it would change, then yes. */
export default function OrganisationPage() {
  const { t } = useTranslation('admin-organisation');
  const { data, error, retry } = useEdits();
  return (
    <>
      <Title order={1} size="h3">
        {t('title')}
      </Title>
      {error !== null && !data && <Failed error={error} retry={retry} />}
      {!data && error === null && <Loading />}
      {data && <Organisation edits={data} />}
    </>
  );
}

/** Which form is open, and what is wrong in it. */
interface Opened {
  readonly part: FormPart;
  readonly keyed: KeyedRow | null;
  readonly wrong: Readonly<Record<string, string>>;
}

function Organisation({ edits }: { readonly edits: Edits }) {
  const { t } = useTranslation('admin-organisation');
  const [address, change] = useAddress();
  const part = parts.find((one) => one === address['part']) ?? 'officials';
  const [opened, setOpened] = useState<Opened | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const [lately, setSaved] = useState<{ readonly version: number | null } | null>(null);
  const correct = (defect: Defect) => {
    const [list, index, name = ''] = defect.field.split('.');
    const at = parts.find((one) => one === list);
    setIsSaving(false);
    if (at === undefined || at === 'fourEyes') return;
    change({ part: at });
    const keyed = edits.rows(at)[Number(index)];
    if (keyed) setOpened({ part: at, keyed, wrong: { [name]: t(`defect.${defect.code}`) } });
  };
  const saved = (version: number | null) => {
    setIsSaving(false);
    setSaved({ version });
    edits.replace([]);
  };
  return (
    <>
      <OrganisationProposals edits={edits} />
      <EndedWork etag={edits.etag} />
      <SegmentedControl
        my="sm"
        size="sm"
        className="motcua-organisation-parts"
        aria-label={t('parts')}
        value={part}
        onChange={(next) => change({ part: next })}
        data={parts.map((one) => ({ value: one, label: t(`part.${one}`) }))}
      />
      <Toolbar
        edits={edits}
        part={part}
        add={() => part !== 'fourEyes' && setOpened({ part, keyed: null, wrong: {} })}
        save={() => setIsSaving(true)}
      />
      {lately !== null && edits.edits.length === 0 && <Saved version={lately.version} />}
      {part === 'fourEyes' ? (
        <FourEyes rows={edits.rows('fourEyes')} edit={edits.edit} />
      ) : (
        <Rows edits={edits} part={part} open={(keyed) => setOpened({ part, keyed, wrong: {} })} />
      )}
      {opened !== null && (
        <RowDialog {...opened} organisation={edits.edited} edit={edits.edit} close={() => setOpened(null)} />
      )}
      {isSaving && <SaveDialog edits={edits} close={() => setIsSaving(false)} correct={correct} done={saved} />}
    </>
  );
}

/** What has become of the edits: saved as a version, or sent to a second person. */
function Saved({ version }: { readonly version: number | null }) {
  const { t } = useTranslation(['admin-organisation', 'approvals']);
  return (
    <Text role="status" className="motcua-saved" my="xs">
      {version === null ? (
        t('approvals:document.sent')
      ) : (
        <>
          {t('saved', { version })} <Link to="/admin/accounts">{t('to-accounts')}</Link>
        </>
      )}
    </Text>
  );
}

interface ToolbarProps {
  readonly edits: Edits;
  readonly part: Part;
  readonly add: () => void;
  readonly save: () => void;
}

function Toolbar({ edits, part, add, save }: ToolbarProps) {
  const { t } = useTranslation('admin-organisation');
  const [isNoFile, setIsNoFile] = useState(false);
  const count = edits.edits.length;
  const take = async (file: File | null) => {
    if (file === null) return;
    const organisation = await organisationIn(file);
    setIsNoFile(organisation === null);
    if (organisation !== null) edits.replace(editsBetween(edits.saved, organisation));
  };
  return (
    <>
      <Group gap="xs">
        {part !== 'fourEyes' && (
          <Button variant="default" onClick={add}>
            {t(`add.${part}`)}
          </Button>
        )}
        <Button disabled={count === 0} onClick={save}>
          {t('save.open-preview', { count })}
        </Button>
        <Button variant="default" disabled={count === 0} onClick={() => edits.replace([])}>
          {t('drop')}
        </Button>
        <Button variant="subtle" onClick={() => downloadOrganisation(edits.edited)}>
          {t('download')}
        </Button>
        <FileButton accept="application/json,.json" onChange={(file) => void take(file)}>
          {(props) => (
            <Button {...props} variant="subtle">
              {t('upload')}
            </Button>
          )}
        </FileButton>
      </Group>
      {isNoFile && (
        <Text role="alert" size="sm" className="motcua-failed">
          {t('no-file')}
        </Text>
      )}
    </>
  );
}

interface RowsProps {
  readonly edits: Edits;
  readonly part: FormPart;
  readonly open: (keyed: KeyedRow) => void;
}

function Rows({ edits, part, open }: RowsProps) {
  const { t } = useTranslation('admin-organisation');
  const words = useRowWords(edits.edited);
  const [looked, setLooked] = useState('');
  const [isAll, setIsAll] = useState(false);
  const now = new Date(nowMs()).toISOString();
  const rows = edits.rows(part);
  const shown = rows.filter(({ row }) => (isAll || !isOver(row, now)) && isLookedFor(row));
  function isLookedFor(row: Row): boolean {
    const said = rowFields[part].map(({ kind, name }) => words.field(kind, row[name])).join(' ');
    return plain(said).includes(plain(looked).trim());
  }
  return (
    <>
      <Group my="xs" align="end">
        <TextInput
          label={t('look-for')}
          value={looked}
          autoComplete="off"
          onChange={(event) => setLooked(event.currentTarget.value)}
        />
        {rows.some(({ row }) => isOver(row, now)) && (
          <Checkbox
            mb={8}
            label={t('show-over')}
            checked={isAll}
            onChange={(event) => setIsAll(event.currentTarget.checked)}
          />
        )}
      </Group>
      {shown.length === 0 ? (
        <Empty>{t('none')}</Empty>
      ) : (
        <PartTable
          part={part}
          rows={shown}
          edits={edits.edits}
          organisation={edits.edited}
          open={open}
          remove={({ key, row }) => edits.edit({ part, key, before: row, after: null })}
        />
      )}
    </>
  );
}

/** True for what has ended. */
function isOver(row: Row, now: string): boolean {
  const until = row['until'] ?? row['validUntil'];
  return typeof until === 'string' && until <= now;
}
