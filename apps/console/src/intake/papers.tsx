import { Button, Group, Radio, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ProcedureInForce } from '../api/views';
import { fieldId } from '../parts/fields';
import type { Language } from '../words/words';
import { paperField, paperStates, type IntakeDraft, type PaperState } from './intake-draft';

interface PapersProps {
  readonly procedure: ProcedureInForce;
  readonly papers: IntakeDraft['papers'];
  readonly change: (papers: IntakeDraft['papers']) => void;
  readonly errorOf: (name: string) => string | undefined;
}

/** The papers that the procedure asks for, each looked at or not. */
export function Papers({ procedure, papers, change, errorOf }: PapersProps) {
  const { t } = useTranslation('intake');
  const { components } = procedure;
  if (components.length === 0) return <Text c="dimmed">{t('no-papers')}</Text>;
  const allPresent = () => change(Object.fromEntries(components.map(({ code }) => [code, 'present' as const])));
  return (
    <>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t('papers-hint')}
        </Text>
        <Button variant="default" size="compact-sm" onClick={allPresent}>
          {t('all-present')}
        </Button>
      </Group>
      <div>
        {components.map((component) => (
          <Paper
            key={component.code}
            component={component}
            state={papers[component.code] ?? 'not-looked-at'}
            change={(state) => change({ ...papers, [component.code]: state })}
            error={errorOf(paperField(component.code))}
          />
        ))}
      </div>
    </>
  );
}

interface PaperProps {
  readonly component: ProcedureInForce['components'][number];
  readonly state: PaperState;
  readonly change: (state: PaperState) => void;
  readonly error: string | undefined;
}

function Paper({ component: { code, name, originals, copies, required }, state, change, error }: PaperProps) {
  const { t, i18n } = useTranslation('intake');
  const field = paperField(code);
  const nameId = `${fieldId(field)}-name`;
  const aboutId = `${fieldId(field)}-about`;
  const counts = [originals > 0 && t('originals', { count: originals }), copies > 0 && t('copies', { count: copies })];
  return (
    <div
      className="motcua-paper"
      data-state={state}
      role="radiogroup"
      aria-labelledby={nameId}
      aria-describedby={aboutId}
    >
      <div>
        <Text id={nameId} size="sm" fw={600}>
          {name[i18n.language as Language]}
          {required && <span aria-hidden> *</span>}
        </Text>
        <Text id={aboutId} size="xs" c="dimmed">
          {[t(required ? 'required' : 'if-owed'), ...counts].filter((one) => one !== false).join(' · ')}
          {error !== undefined && (
            <Text span size="xs" display="block" c="var(--mantine-color-error)">
              {error}
            </Text>
          )}
        </Text>
      </div>
      <Group gap="md" wrap="nowrap">
        {paperStates.map((one) => (
          <Radio
            key={one}
            size="xs"
            {...(one === state && { id: fieldId(field) })}
            name={field}
            label={t(`paper.${one}`)}
            checked={one === state}
            onChange={() => change(one)}
          />
        ))}
      </Group>
    </div>
  );
}
