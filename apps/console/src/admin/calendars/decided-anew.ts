import { Problem } from '../../api/problem';

/**
 * Whether what was sent can never go on: the decision was refused, or a calendar came after it. Everything else, a sign-in that is
 * too old or too many requests too, goes on under the same operation: what was journalled must not stay half carried out.
 */
export function mustBeDecidedAnew(problem: unknown, wasDecided: boolean): boolean {
  if (!(problem instanceof Problem)) return false;
  if (wasDecided) return problem.code === 'RECOMPUTATION_OUTDATED';
  const passes = problem.code === 'SIGN_IN_AGAIN' || [401, 408, 429].includes(problem.status);
  return problem.status >= 400 && problem.status < 500 && !passes;
}
