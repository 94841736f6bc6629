import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNames } from '../api/reads';
import type { DossierView } from '../api/views';
import { workingTimeWords } from '../clock/use-clock-words';
import { useNow } from '../now';
import { HeadRow } from '../parts/head-row';
import { Moment, useMomentWords } from '../parts/moment';
import { TableRegion } from '../parts/table-region';
import { lanesOf, type Lanes } from './lanes';

const WIDTH = 1000;
const LANE = 44;
const TOP = 8;
const BOTTOM = 34;

/** Who held the dossier when, a lane for each office; hatched where the office's clock stood still. The table says the same. */
export function Timeline({ view }: { readonly view: DossierView }) {
  const { t } = useTranslation('dossier');
  const lanes = lanesOf(view, useNow());
  if (!lanes) return <Text c="dimmed">{t('no-timeline')}</Text>;
  return (
    <>
      <TableRegion label={t('reading.timeline')}>
        <Picture lanes={lanes} />
      </TableRegion>
      <Holdings view={view} />
    </>
  );
}

function Picture({ lanes }: { readonly lanes: Lanes }) {
  const { t } = useTranslation('dossier');
  const names = useNames();
  const say = useMomentWords();
  const span = lanes.untilMs - lanes.fromMs;
  const x = (atMs: number) => ((atMs - lanes.fromMs) / span) * WIDTH;
  const bottom = TOP + lanes.lanes.length * LANE;
  const iso = (atMs: number) => new Date(atMs).toISOString();
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${bottom + BOTTOM}`}
      className="motcua-lanes"
      role="img"
      aria-label={t('timeline-of', { from: say(iso(lanes.fromMs)), until: say(iso(lanes.untilMs)) })}
    >
      <defs>
        <pattern id="motcua-hatch" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="3" height="8" className="motcua-hatch" />
        </pattern>
      </defs>
      {lanes.lanes.map(({ officeId, bars }, index) => (
        <g key={officeId}>
          {bars.map((bar) => (
            <rect
              key={bar.fromMs}
              x={x(bar.fromMs)}
              y={TOP + index * LANE + 18}
              width={Math.max(2, x(bar.untilMs) - x(bar.fromMs))}
              height={20}
              className="motcua-bar"
            >
              <title>{`${names.official(bar.officialId)}: ${say(iso(bar.fromMs))} – ${say(iso(bar.untilMs))}`}</title>
            </rect>
          ))}
        </g>
      ))}
      {lanes.pauses.map(({ reason, fromMs, untilMs }) => (
        <rect
          key={fromMs}
          x={x(fromMs)}
          y={TOP}
          width={Math.max(2, x(untilMs) - x(fromMs))}
          height={bottom - TOP}
          fill="url(#motcua-hatch)"
        >
          <title>{t(`clock:paused.${reason}`)}</title>
        </rect>
      ))}
      {lanes.lanes.map(({ officeId }, index) => (
        <text key={officeId} x={4} y={TOP + index * LANE + 13}>
          {names.office(officeId)}
        </text>
      ))}
      {lanes.marks.map(({ of, atMs }, index) => (
        <g key={index} className={`motcua-mark-${of}`}>
          <line x1={x(atMs)} x2={x(atMs)} y1={TOP} y2={bottom} />
          <text x={x(atMs)} y={bottom + 13 + (index % 2) * 15} textAnchor={x(atMs) > WIDTH / 2 ? 'end' : 'start'}>
            {t(`mark.${of}`)}
          </text>
        </g>
      ))}
    </svg>
  );
}

function Holdings({ view }: { readonly view: DossierView }) {
  const { t } = useTranslation('dossier');
  const { t: ofClock } = useTranslation('clock');
  const names = useNames();
  return (
    <Table mt="sm" captionSide="top">
      <Table.Caption>{t('holdings')}</Table.Caption>
      <HeadRow labels={[t('holder'), t('from'), t('to'), t('working-time')]} />
      <Table.Tbody>
        {view.responsibility.map(({ officialId, officeId, from, until, workingMs }) => (
          <Table.Tr key={from}>
            <Table.Td>
              {names.official(officialId)}, {names.office(officeId)}
            </Table.Td>
            <Table.Td>
              <Moment at={from} />
            </Table.Td>
            <Table.Td>{until === null ? t('today') : <Moment at={until} />}</Table.Td>
            <Table.Td>{workingMs === null ? t('still-running') : workingTimeWords(ofClock, workingMs)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
