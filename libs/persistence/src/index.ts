export * from './data-source';
export * from './migrate';
export * from './roles';
export * from './sight';
