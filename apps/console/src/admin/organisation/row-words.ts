import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery, proceduresQuery } from '../../api/reads';
import type { Language } from '../../words/words';
import type { Organisation, Part, Row } from './edits';
import { dayShown, rowFields, type FieldKind } from './fields';

type Named = readonly { readonly id: string; readonly name: string }[];

/** Says rows and their fields in words, with the names of the organisation as it is edited. */
export interface RowWords {
  readonly field: (kind: FieldKind, value: unknown) => string;
  /** What a field is called. */
  readonly label: (part: Part, name: string) => string;
  /** One line for a whole row. */
  readonly row: (part: Part, row: Row) => string;
  readonly official: (id: string | null) => string;
  readonly post: (id: string | null) => string;
}

export function useRowWords(organisation: Organisation): RowWords {
  const { t, i18n } = useTranslation('admin-organisation');
  const { data: me } = useSuspenseQuery(meQuery);
  const { data: procedures } = useQuery(proceduresQuery(i18n.language));
  const reader = { timeZone: me.timeZone, language: i18n.language };
  const named = (list: Named) => (id: unknown) => list.find((one) => one.id === id)?.name ?? textOf(id);
  const official = named(organisation.officials);
  const office = named(organisation.offices);
  const post = (id: unknown) => {
    const found = organisation.posts.find((one) => one.id === id);
    return found ? `${found.name}, ${office(found.officeId)}` : textOf(id);
  };
  const procedure = (code: string) =>
    procedures?.find((one) => one.code === code)?.names[i18n.language as Language] ?? code;
  const field = (kind: FieldKind, value: unknown): string => {
    if (kind === 'roles') return Array.isArray(value) ? value.map((role) => t(`role.${String(role)}`)).join(', ') : '';
    if (typeof value !== 'string') return value === null || value === undefined ? '' : JSON.stringify(value);
    const say: Readonly<Partial<Record<FieldKind, (said: string) => string>>> = {
      office,
      post,
      official,
      procedure,
      day: (at) => dayShown('day', at, reader),
      'last-day': (until) => dayShown('last-day', until, reader),
      'mandate-action': (action) => t(`action.${action}`),
    };
    return say[kind]?.(value) ?? value;
  };
  const row = (part: Part, of: Row): string => {
    if (part === 'fourEyes') return t(`command.${textOf(of['command'])}`);
    if (typeof of['name'] === 'string') return of['name'];
    const parts = rowFields[part]
      .filter(({ kind, name }) => kind !== 'day' && kind !== 'last-day' && name !== 'legalBasis')
      .map(({ name, kind }) => field(kind, of[name]));
    const said = parts.filter((one) => one !== '').join(' · ');
    const [from, until] = [field('day', of['from']), field('last-day', of['until'])];
    return until === '' ? t('line.from', { said, from }) : t('line.between', { said, from, until });
  };
  const label = (part: Part, name: string) =>
    t(`field.${part}.${name}`, { defaultValue: t(`field.${name}`, { defaultValue: name }) });
  return { field, label, row, official, post };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
