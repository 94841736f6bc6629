export { cacheFolder } from './cache';
export { startChild, untilUp } from './child';
export { issueToken, keysIn, type Keys, type TokenHolder } from './keys';
export { runningOn, signalChildren } from './leftovers';
export { fetchJars } from './maven';
export { freePort, untilListening } from './ports';
export { LocalProblem, type Report } from './problem';
export { projectFolder } from './project-folder';
export { treeOf } from './process-tree';
export { outsideAddresses, startServers, type ServerName, type Servers } from './servers';
export {
  defaultDataFolder,
  readStack,
  removeData,
  serviceNames,
  startServices,
  startStack,
  type SettingsOf,
  type Stack,
  type Services,
  type StackFile,
  type StackOptions,
  type StackService,
} from './stack';
export { timeSkippingServer } from './temporal';
export { keptTemporalServer, temporalStoreUrl } from './temporal-server';
