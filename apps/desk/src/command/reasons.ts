import shippedReasons from '#reasons';
import { parseReasons } from '#domain';

/** What an office may say on a form: shipped with the code, as a citizen reads it. */
export const reasons = parseReasons(shippedReasons);
