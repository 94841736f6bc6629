import type { ComponentType } from 'react';

/**
 * A page of the console. Its code is fetched when it is first opened. Its name in the menu and in the window's title is the word
 * `page.<id>` of the frame; a page without a place in the menu is reached from others.
 */
export interface Page {
  readonly id: string;
  readonly path: string;
  readonly load: () => Promise<{ default: ComponentType }>;
  /** The action whose right opens it, null for everybody; who lacks it sees a page that says so, and no entry in the menu. */
  readonly right: string | null;
  readonly inMenu: boolean;
}

/** Every page; the menu keeps this order. A further page is one line here. */
export const pages: readonly Page[] = [
  { id: 'queue', path: '/queue', load: () => import('../queue/queue-page'), right: 'read-queue', inMenu: true },
  { id: 'intake', path: '/intake', load: () => import('../intake/intake-page'), right: 'receive', inMenu: true },
  { id: 'alerts', path: '/alerts', load: () => import('../alerts/alerts-page'), right: 'read-queue', inMenu: true },
  {
    id: 'opinions',
    path: '/opinions',
    load: () => import('../opinions/opinions-page'),
    right: 'give-opinion',
    inMenu: true,
  },
  {
    id: 'search',
    path: '/search',
    load: () => import('../search/search-page'),
    right: 'search-applicants',
    inMenu: true,
  },
  { id: 'book', path: '/book', load: () => import('../book/book-page'), right: 'read-tracking-book', inMenu: true },
  {
    id: 'dossier',
    path: '/dossiers/$code',
    load: () => import('../dossier/dossier-page'),
    right: 'read-dossier',
    inMenu: false,
  },
  {
    id: 'submission',
    path: '/submissions/$dossierId',
    load: () => import('../dossier/submission-page'),
    right: 'read-dossier',
    inMenu: false,
  },
  { id: 'office', path: '/office', load: () => import('../office/office-page'), right: 'read-workload', inMenu: true },
  {
    id: 'figures',
    path: '/figures',
    load: () => import('../figures/figures-page'),
    right: 'read-statistics',
    inMenu: true,
  },
  { id: 'audit', path: '/audit', load: () => import('../audit/audit-page'), right: 'audit-dossier', inMenu: true },
  {
    id: 'access-log',
    path: '/audit/access',
    load: () => import('../audit/access-log-page'),
    right: 'read-access-log',
    inMenu: false,
  },
  {
    id: 'dossier-audit',
    path: '/audit/$code',
    load: () => import('../audit/dossier-audit-page'),
    right: 'audit-dossier',
    inMenu: false,
  },
  {
    id: 'calendars',
    path: '/admin/calendars',
    load: () => import('../admin/calendars/calendars-page'),
    right: 'preview-recomputation',
    inMenu: true,
  },
  {
    id: 'calendar',
    path: '/admin/calendars/$id',
    load: () => import('../admin/calendars/calendar-page'),
    right: 'preview-recomputation',
    inMenu: false,
  },
  {
    id: 'catalogue',
    path: '/admin/catalogue',
    load: () => import('../admin/catalogue/catalogue-page'),
    right: 'read-procedure-states',
    inMenu: true,
  },
  {
    id: 'procedure',
    path: '/admin/catalogue/$id',
    load: () => import('../admin/catalogue/procedure-page'),
    right: 'read-procedure-states',
    inMenu: false,
  },
  {
    id: 'admin-organisation',
    path: '/admin/organisation',
    load: () => import('../admin/organisation/organisation-page'),
    right: 'read-organisation',
    inMenu: true,
  },
  {
    id: 'admin-accounts',
    path: '/admin/accounts',
    load: () => import('../admin/accounts/accounts-page'),
    right: 'manage-accounts',
    inMenu: true,
  },
  {
    id: 'admin-sign-ins',
    path: '/admin/sign-ins',
    load: () => import('../admin/sign-ins/sign-ins-page'),
    right: 'read-sign-ins',
    inMenu: true,
  },
  {
    id: 'admin-dead-letters',
    path: '/admin/dead-letters',
    load: () => import('../admin/dead-letters/dead-letters-page'),
    right: 'read-dead-letters',
    inMenu: true,
  },
  {
    id: 'admin-health',
    path: '/admin/health',
    load: () => import('../admin/health/health-page'),
    right: 'read-health',
    inMenu: true,
  },
];

/** The pages of the menu that these rights open. */
export function menuOf(rights: Readonly<Record<string, unknown>>): readonly Page[] {
  return pages.filter(({ inMenu, right }) => inMenu && (right === null || right in rights));
}
