export * from './archive';
export * from './finding';
export * from './findings';
export * from './heard';
export * from './history-json';
export * from './replay';
