import { List, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HeadRow } from '../../parts/head-row';
import { moneyInWords } from '../../parts/money';
import { useStepName } from '../../parts/step-name';
import type { Language } from '../../words/words';
import type { ProcedureVersion } from './catalogue-reads';
import { useLimitWords } from './limit-words';

interface VersionFactsProps {
  readonly procedure: ProcedureVersion;
  readonly openDossiers: number;
}

/** One version as people read it: limits, steps, papers, fee, and the law it rests on. */
export function VersionFacts({ procedure, openDossiers }: VersionFactsProps) {
  const { t, i18n } = useTranslation('catalogue');
  const { version, name, description, calendarId } = procedure;
  const language = i18n.language as Language;
  return (
    <section aria-labelledby="version-title">
      <Title order={2} size="h5" id="version-title" mt="md">
        {t('version-number', { version })}: {description?.names[language] ?? name}
      </Title>
      <Text size="sm">{t('open', { count: openDossiers })}</Text>
      {description?.sample && (
        <Text size="sm" fw={700}>
          {t('sample')}
        </Text>
      )}
      <div className="motcua-version">
        <Part title={t('limits')}>
          <Limits procedure={procedure} />
          <Text size="sm">{t('calendar-of', { id: calendarId })}</Text>
        </Part>
        <Part title={t('steps')}>
          <Steps steps={procedure.serviceLevel.steps} />
        </Part>
        {description && <Description description={description} />}
      </div>
      {!description && <Text size="sm">{t('older-form')}</Text>}
    </section>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <Title order={3} size="h6">
        {title}
      </Title>
      {children}
    </div>
  );
}

function Limits({ procedure: { serviceLevel } }: Pick<VersionFactsProps, 'procedure'>) {
  const { t } = useTranslation('catalogue');
  const limitWords = useLimitWords();
  const { kind, legalLimit, onlineLimit, appointmentLimit, acceptanceLimit, waits } = serviceLevel;
  if (kind === 'given') return <Text size="sm">{t('limit-given')}</Text>;
  const limits = { legalLimit, onlineLimit, appointmentLimit, acceptanceLimit };
  const answers = Object.entries(waits).flatMap(([name, wait]) => (wait ? [{ name, ...wait }] : []));
  return (
    <List size="sm">
      {Object.entries(limits).map(
        ([name, limit]) =>
          limit && (
            <List.Item key={name}>
              {t(`limit-of.${name}`)}: <strong>{limitWords(limit)}</strong>
            </List.Item>
          ),
      )}
      {answers.map(({ name, limit, onSilence, legalBasis }) => (
        <List.Item key={name}>
          {t(`wait.${name}`)}: <strong>{limitWords(limit)}</strong>, {t(`silence.${onSilence}`)} ({legalBasis})
        </List.Item>
      ))}
      <List.Item>{t('supplements', { count: serviceLevel.maxSupplements })}</List.Item>
      <List.Item>{t('extensions', { count: serviceLevel.maxExtensions })}</List.Item>
    </List>
  );
}

function Steps({ steps }: { readonly steps: ProcedureVersion['serviceLevel']['steps'] }) {
  const { t } = useTranslation(['catalogue', 'admin-organisation']);
  const limitWords = useLimitWords();
  const stepName = useStepName();
  if (steps.length === 0) return <Text size="sm">{t('no-steps')}</Text>;
  return (
    <Table aria-label={t('steps')}>
      <HeadRow labels={[t('step'), t('limit'), t('who')]} />
      <Table.Tbody>
        {steps.map(({ code, limit, role, body, officeRole }) => (
          <Table.Tr key={code}>
            <Table.Th scope="row">{stepName(code)}</Table.Th>
            <Table.Td>{limit ? limitWords(limit) : t('no-limit')}</Table.Td>
            <Table.Td>
              {[body, role && t(`admin-organisation:role.${role}`), officeRole].filter(Boolean).join(', ') ||
                t('not-said')}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Description({ description }: { readonly description: NonNullable<ProcedureVersion['description']> }) {
  const { t, i18n } = useTranslation('catalogue');
  const language = i18n.language as Language;
  const { components, fee, legalDocuments, channels, competentAuthority, result, checklist } = description;
  return (
    <>
      <Part title={t('papers')}>
        <List size="sm">
          {components.map(({ code, name, originals, copies, required }) => (
            <List.Item key={code}>
              {name[language]}: {t('paper-count', { originals, copies })}
              {!required && ` (${t('optional')})`}
            </List.Item>
          ))}
        </List>
      </Part>
      <Part title={t('fee')}>
        <Text size="sm">
          {fee ? `${moneyInWords(fee.amountMinor, fee.currency, language)}, ${t(`due.${fee.dueAt}`)}` : t('no-fee')}
        </Text>
      </Part>
      <Part title={t('law')}>
        {legalDocuments.length === 0 && <Text size="sm">{t('not-said')}</Text>}
        <List size="sm">
          {legalDocuments.map(({ title, article }) => (
            <List.Item key={`${title} ${article}`}>{[title, article].filter(Boolean).join(', ')}</List.Item>
          ))}
        </List>
      </Part>
      <Part title={t('authority')}>
        <Text size="sm">{competentAuthority}</Text>
        <Text size="sm">{t('result-is', { name: result.name[language] })}</Text>
        <Text size="sm">{t('channels-are', { names: channels.map((one) => t(`channel.${one}`)).join(', ') })}</Text>
      </Part>
      {checklist.length > 0 && (
        <Part title={t('checklist')}>
          <List size="sm" type="ordered">
            {checklist.map((one) => (
              <List.Item key={one.vi}>{one[language]}</List.Item>
            ))}
          </List>
        </Part>
      )}
    </>
  );
}
