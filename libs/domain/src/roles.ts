/** What a post entitles to; a post may carry several. `migrator` takes over records from another system. */
export const roles = ['clerk', 'official', 'head', 'auditor', 'administrator', 'migrator'] as const;
export type Role = (typeof roles)[number];
