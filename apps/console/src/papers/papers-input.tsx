import { Button, Group, Radio, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { fieldId } from '../parts/fields';
import {
  marked,
  markOf,
  paperField,
  paperStates,
  type PaperMark,
  type PaperMarks,
  type PaperToMark,
} from './paper-marks';
import './papers.css';

interface PapersInputProps {
  readonly papers: readonly PaperToMark[];
  readonly marks: PaperMarks;
  readonly change: (marks: PaperMarks) => void;
  /** Of the field `papers.<code>`. */
  readonly errorOf: (name: string) => string | undefined;
}

/** Papers, each looked at or not, and counted. Arrow keys mark, Tab goes on. */
export function PapersInput({ papers, marks, change, errorOf }: PapersInputProps) {
  const { t } = useTranslation('papers');
  if (papers.length === 0) return <Text c="dimmed">{t('none')}</Text>;
  const allPresent = () =>
    change({ ...marks, ...Object.fromEntries(papers.map((paper) => [paper.component, marked(paper, 'present')])) });
  return (
    <>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t('hint')}
        </Text>
        <Button variant="default" size="compact-sm" onClick={allPresent}>
          {t('all-present')}
        </Button>
      </Group>
      <div>
        {papers.map((paper) => (
          <Paper
            key={paper.component}
            paper={paper}
            mark={markOf(paper, marks)}
            change={(mark) => change({ ...marks, [paper.component]: mark })}
            error={errorOf(paperField(paper.component))}
          />
        ))}
      </div>
    </>
  );
}

interface PaperProps {
  readonly paper: PaperToMark;
  readonly mark: PaperMark;
  readonly change: (mark: PaperMark) => void;
  readonly error: string | undefined;
}

function Paper({ paper, mark, change, error }: PaperProps) {
  const { t } = useTranslation('papers');
  const { component, name, asked } = paper;
  const field = paperField(component);
  const nameId = `${fieldId(field)}-name`;
  const aboutId = `${fieldId(field)}-about`;
  return (
    <div
      className="motcua-paper"
      data-state={mark.state}
      role="radiogroup"
      aria-labelledby={nameId}
      aria-describedby={aboutId}
    >
      <div>
        <Text id={nameId} size="sm" fw={600}>
          {name}
          {asked?.required && <span aria-hidden> *</span>}
        </Text>
        <Text id={aboutId} size="xs" c="dimmed">
          <Asked asked={asked} />
          {error !== undefined && (
            <Text span size="xs" display="block" c="var(--mantine-color-error)">
              {error}
            </Text>
          )}
        </Text>
      </div>
      <Group gap="md" wrap="nowrap">
        {mark.state === 'present' &&
          (['originals', 'copies'] as const).map((what) => (
            <TextInput
              key={what}
              size="xs"
              className="motcua-count"
              aria-label={t('count-of', { what: t(what), name })}
              description={t(what)}
              inputWrapperOrder={['label', 'error', 'description', 'input']}
              inputMode="numeric"
              autoComplete="off"
              value={mark[what]}
              onChange={(event) => change({ ...mark, [what]: digitsIn(event.currentTarget.value) })}
            />
          ))}
        {paperStates.map((one) => (
          <Radio
            key={one}
            size="xs"
            {...(one === mark.state && { id: fieldId(field) })}
            name={field}
            label={t(`state.${one}`)}
            checked={one === mark.state}
            onChange={() => change(marked(paper, one))}
          />
        ))}
      </Group>
    </div>
  );
}

/** What the procedure asks for. */
function Asked({ asked }: Pick<PaperToMark, 'asked'>) {
  const { t } = useTranslation('papers');
  if (asked === null) return null;
  const { originals, copies, required } = asked;
  const counts = [
    originals > 0 && t('n-originals', { count: originals }),
    copies > 0 && t('n-copies', { count: copies }),
  ];
  return [t(required ? 'required' : 'if-owed'), ...counts].filter((one) => one !== false).join(' · ');
}

function digitsIn(typed: string): string {
  return typed.replaceAll(/\D/g, '').slice(0, 3);
}
