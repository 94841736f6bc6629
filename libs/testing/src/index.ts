export * from './eventually';
export * from './fresh-database';
export * from './kept-document';
export { servers, type TestServers } from './servers-file';
