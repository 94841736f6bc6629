import { Problem } from '../../api/problem';
import { mustBeDecidedAnew } from './decided-anew';

const problem = (status: number, code: string) => new Problem(status, code, '', []);

test.each([
  ['a decision that is refused is made anew', problem(400, 'FIELD_INVALID'), false, true],
  ['also one that was decided otherwise before', problem(409, 'OPERATION_DECIDED_OTHERWISE'), false, true],
  ['not one whose sign-in was too old', problem(403, 'SIGN_IN_AGAIN'), false, false],
  ['nor one that came with too many others', problem(429, 'TOO_MANY_REQUESTS'), false, false],
  ['nor where nobody knows whether it arrived', problem(0, 'UNREACHABLE'), false, false],
  ['nor where desk was away', problem(503, 'DATABASE_UNAVAILABLE'), false, false],
  ['what was decided goes on after a page was refused', problem(403, 'SIGN_IN_AGAIN'), true, false],
  ['also after too many requests', problem(429, 'TOO_MANY_REQUESTS'), true, false],
  ['also after another refusal', problem(400, 'FIELD_INVALID'), true, false],
  ['but not once a newer calendar was loaded', problem(409, 'RECOMPUTATION_OUTDATED'), true, true],
  ['a fault of the console refuses nothing', new TypeError('x'), false, false],
])('%s', (_what, refused, wasDecided, anew) => {
  expect(mustBeDecidedAnew(refused, wasDecided)).toBe(anew);
});
