import { openRunFolder } from './run-folder';

/** For tests without servers. */
export default openRunFolder;
