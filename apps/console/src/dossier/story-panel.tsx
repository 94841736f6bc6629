import { Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { proceduresQuery, useNames } from '../api/reads';
import type { DossierView, HistoryEntry } from '../api/views';
import { Moment } from '../parts/moment';
import { useReasonWords } from '../parts/reason-words';
import { moneyInWords } from '../parts/money';
import { useStepName } from '../parts/step-name';
import type { Language } from '../words/words';
import { storyOf, type StoryFact, type StoryItem } from './story';

interface StoryProps {
  readonly entries: readonly HistoryEntry[];
  readonly view: DossierView;
}

/** What happened, newest first, in the office's words. What is for the record alone is shown when asked for. */
export function Story({ entries, view }: StoryProps) {
  const { t } = useTranslation('dossier');
  const [isWhole, setIsWhole] = useState(false);
  const story = storyOf(entries.map(({ event }) => event)).toReversed();
  const shown = isWhole ? story : story.filter(({ importance }) => importance < 3);
  return (
    <>
      <Switch
        size="sm"
        label={t('whole-story', { count: story.length })}
        checked={isWhole}
        onChange={(event) => setIsWhole(event.currentTarget.checked)}
        className="motcua-no-print"
      />
      <ol className="motcua-story" reversed>
        {shown.map((item) => (
          <Item key={item.sequence} item={item} view={view} />
        ))}
      </ol>
    </>
  );
}

function Item({ item, view }: { readonly item: StoryItem; readonly view: DossierView }) {
  const { t } = useTranslation('dossier');
  const names = useNames();
  const { actor } = item;
  const remark = view.remarks.find(({ sequence }) => sequence === item.sequence)?.text;
  const isPerson = names.official(actor.officialId) !== actor.officialId;
  return (
    <li className={`motcua-story-item motcua-importance-${item.importance}`}>
      <Text fw={item.importance === 1 ? 700 : 400}>{t(`event.${item.type}`)}</Text>
      <Text size="sm" c="dimmed">
        <Moment at={item.time} />
        {', '}
        {isPerson ? `${names.official(actor.officialId)}, ${names.post(actor.postId)}` : t('by-itself')}
      </Text>
      {item.facts.length > 0 && (
        <ul className="motcua-story-facts">
          {item.facts.map((fact, index) => (
            <li key={index}>
              <Fact fact={fact} view={view} />
            </li>
          ))}
        </ul>
      )}
      {remark !== undefined && (
        <Text size="sm" className="motcua-remark">
          {remark}
        </Text>
      )}
    </li>
  );
}

function Fact({ fact, view }: { readonly fact: StoryFact; readonly view: DossierView }): ReactNode {
  const { t, i18n } = useTranslation('dossier');
  const names = useNames();
  const stepName = useStepName();
  const inWords = useReasonWords();
  const { data: procedures } = useQuery(proceduresQuery(i18n.language));
  const language = i18n.language as Language;
  switch (fact.kind) {
    case 'person':
      return `${t(`fact.${fact.label}`)}: ${fact.officialId === null ? t('nobody') : names.official(fact.officialId)}, ${names.office(fact.officeId)}`;
    case 'reason':
      return `${t('fact.reason')}: ${inWords(fact.code)}`;
    case 'moment':
      return (
        <>
          {t(`fact.${fact.label}`)}: <Moment at={fact.at} />
        </>
      );
    case 'papers': {
      const papers = procedures?.find(({ code }) => code === view.procedureCode)?.components ?? [];
      const named = fact.codes.map((code) => papers.find((one) => one.code === code)?.name[language] ?? code);
      return `${t(`fact.${fact.label}`)}: ${new Intl.ListFormat(language).format(named)}`;
    }
    case 'word':
      return `${t(`fact.${fact.label}`)}: ${t(`word.${fact.word.replaceAll('.', '-')}`)}`;
    case 'text':
      return `${t(`fact.${fact.label}`)}: ${fact.label === 'step' ? stepName(fact.text) : fact.text}`;
    case 'money':
      return `${t('fact.amount')}: ${moneyInWords(fact.amountMinor, fact.currency, language)}`;
    case 'fee': {
      const charged = view.fees.fees.find(({ feeId }) => feeId === fact.feeId);
      return charged && `${t('fact.amount')}: ${moneyInWords(fact.amountMinor, charged.currency, language)}`;
    }
  }
}
