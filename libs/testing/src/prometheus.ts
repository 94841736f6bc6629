import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One figure of a scrape. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const COMMENT = /^# (HELP|TYPE) [a-zA-Z_:][\w:]* .+$/;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** What a service serves under /metrics, read line by line by the rules of Prometheus' text format. Throws for any other line. */
export async function scraped(baseUrl: string): Promise<readonly Sample[]> {
  const response = await fetch(`${baseUrl}/metrics`);
  if (!response.ok) throw new Error(`/metrics answered ${response.status}`);
  const lines = (await response.text()).split('\n').filter((line) => line !== '' && !COMMENT.test(line));
  return lines.map(sampleOf);
}

function sampleOf(line: string): Sample {
  const [, name = '', labels = '', value = ''] = SAMPLE.exec(line) ?? [];
  if (name === '' || (Number.isNaN(Number(value)) && !/^([+-]Inf|Nan)$/.test(value)))
    throw new Error(`No sample: ${line}`);
  const pairs = [...labels.matchAll(LABEL)].map(([, label = '', text = '']) => [label, text] as const);
  return { name, labels: Object.fromEntries(pairs), value: Number(value) };
}

/** The names of the figures in a scrape: of histograms without their parts, and without those of the process itself. */
export function namesIn(samples: readonly Sample[]): readonly string[] {
  const names = samples.map(({ name, labels }) => ('le' in labels ? name.replace(/_bucket$/, '') : name));
  const histograms = new Set(
    samples.filter(({ labels }) => 'le' in labels).map(({ name }) => name.replace(/_bucket$/, '')),
  );
  const whole = names.map((name) => {
    const stem = name.replace(/_(sum|count)$/, '');
    return histograms.has(stem) ? stem : name;
  });
  return [...new Set(whole)].filter((name) => !/^motcua_(process|nodejs)_/.test(name)).sort();
}

/** The names that the table of docs/operators.md gives for a service. */
export function documentedMetrics(service: 'desk' | 'clock' | 'oversight'): readonly string[] {
  const document = readFileSync(join(__dirname, '../../../docs/operators.md'), 'utf8');
  const rows = [...document.matchAll(/^\| `(motcua_\w+)`\s*\|([^|]*)\|/gm)];
  return rows.flatMap(([, name = '', by = '']) => (/\ball\b/.test(by) || by.includes(service) ? [name] : [])).sort();
}
