import { Code, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CataloguePreview } from './catalogue-reads';

interface DefectsProps {
  readonly defects: CataloguePreview['defects'];
  /** The file, of which each line that is wrong is shown. */
  readonly text: string;
}

/** Everything that keeps a file from being loaded, by its line. The rules are the service's words, which are English. */
export function Defects({ defects, text }: DefectsProps) {
  const { t } = useTranslation('catalogue');
  const lines = text.split('\n');
  return (
    <div role="alert" className="motcua-failed">
      <Text fw={700}>{t('defects', { count: defects.length })}</Text>
      <ol className="motcua-defects">
        {defects.map(({ line, column, rule }) => (
          <li key={`${line} ${column} ${rule}`}>
            <Text span fw={600}>
              {t('place', { line, column })}
            </Text>{' '}
            <span lang="en">{rule}</span>
            <Code block>{lineAt(lines, line, column)}</Code>
          </li>
        ))}
      </ol>
    </div>
  );
}

const SHOWN = 120;

/** A line as far as it fits; of one that is very long, what stands around the place. */
function lineAt(lines: readonly string[], line: number, column: number): string {
  const whole = lines[line - 1] ?? '';
  if (whole.length <= SHOWN) return whole.trim();
  const from = Math.max(0, column - SHOWN / 2);
  return `${from > 0 ? '…' : ''}${whole.slice(from, from + SHOWN)}${from + SHOWN < whole.length ? '…' : ''}`;
}
