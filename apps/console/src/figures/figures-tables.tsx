import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMomentWords } from '../parts/moment';
import { TableRegion } from '../parts/table-region';
import { FigureLink } from './figure-link';
import { addsUp, balancesOf, type FigureLine, type FigureName, type Figures } from './figures';

/** Up to which moment was counted, and what could not be. */
export function WhatWasCounted({ figures: { from, until, notCounted } }: { readonly figures: Figures }) {
  const { t } = useTranslation('figures');
  const words = useMomentWords();
  return (
    <div role="status">
      <Text size="sm">{t('counted', { from: words(from), until: words(until) })}</Text>
      {notCounted > 0 && (
        <Text size="sm" fw={700}>
          {t('not-counted', { count: notCounted })}
        </Text>
      )}
    </div>
  );
}

/** The four balances: each sum, what it is the sum of, and how each number is counted. */
export function BalancesTable({ figures }: { readonly figures: Figures }) {
  const { t } = useTranslation('figures');
  return (
    <TableRegion label={t('balances')}>
      <Table className="motcua-figures" captionSide="top">
        <Table.Caption>{t('balances')}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('column.figure')}</Table.Th>
            <Table.Th scope="col" className="motcua-number">
              {t('column.number')}
            </Table.Th>
            <Table.Th scope="col">{t('column.how')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        {balancesOf(figures).map((line) => (
          <Balance key={line.name} line={line} figures={figures} />
        ))}
      </Table>
    </TableRegion>
  );
}

function Balance({ line, figures }: { readonly line: FigureLine; readonly figures: Figures }) {
  const { t, i18n } = useTranslation('figures');
  const number = (count: number) => count.toLocaleString(i18n.language);
  const sum = line.parts.map((part) => number(part.number)).join(' + ');
  const isRight = addsUp(line);
  const { from, until, officeId } = figures;
  const unit = officeId === null ? {} : { officeId };
  const opened = (figure: Exclude<FigureName, 'balance'>, count: number) => (
    <FigureLink count={count} asked={{ figure, from, until, ...unit }} />
  );
  return (
    <Table.Tbody>
      <Table.Tr className="motcua-sum">
        <Table.Th scope="row">{t(`figure.${line.name}`)}</Table.Th>
        <Table.Td className="motcua-number">
          {line.name === 'balance' ? number(line.number) : opened(line.name, line.number)}
        </Table.Td>
        <Table.Td>
          {t(`how.${line.name}`)}
          <Text size="sm" fw={isRight ? 400 : 700}>
            {t(isRight ? 'equal' : 'unequal', { total: number(line.number), parts: sum })}
          </Text>
        </Table.Td>
      </Table.Tr>
      {line.name !== 'balance' &&
        line.parts.map((part) => (
          <Table.Tr key={part.name}>
            <Table.Th scope="row" className="motcua-part">
              {t(`figure.${part.name}`)}
            </Table.Th>
            <Table.Td className="motcua-number">
              {part.name === 'balance' ? number(part.number) : opened(part.name, part.number)}
            </Table.Td>
            <Table.Td>{t(`how.${part.name}`)}</Table.Td>
          </Table.Tr>
        ))}
    </Table.Tbody>
  );
}

/** How much was on time, by each of the two formulas in use, which differ. */
export function RatesTable({ figures }: { readonly figures: Figures }) {
  const { t, i18n } = useTranslation('figures');
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent', maximumFractionDigits: 2 });
  return (
    <TableRegion label={t('rates')}>
      <Table className="motcua-figures" captionSide="top">
        <Table.Caption>{t('rates')}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('column.figure')}</Table.Th>
            <Table.Th scope="col" className="motcua-number">
              {t('column.rate')}
            </Table.Th>
            <Table.Th scope="col">{t('column.how')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {figures.rates.map((rate) => {
            const formula = rate.formula.replaceAll('.', '-'); // A dot would lead into a word's parts.
            return (
              <Table.Tr key={rate.formula}>
                <Table.Th scope="row">{t(`formula.${formula}.name`)}</Table.Th>
                <Table.Td className="motcua-number">
                  {rate.percent === null ? t('nothing-to-count') : percent.format(rate.percent / 100)}
                </Table.Td>
                <Table.Td>
                  {t(`formula.${formula}.how`)}
                  <Text size="sm">{t('of', { onTime: rate.onTime, of: rate.of })}</Text>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </TableRegion>
  );
}
