export * from './eventually';
export * from './fresh-database';
export * from './kept-document';
export { gapsIn, openApiDocument } from './open-api';
export { servers, type TestServers } from './servers-file';
