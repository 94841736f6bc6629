export type * from './activities';
export * from './names';
export * from './watch';
