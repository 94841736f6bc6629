/** Something the person at the terminal can mend: one sentence that says what is wrong and what to do. No stack is shown. */
export class LocalProblem extends Error {
  constructor(problem: string, remedy: string) {
    super(`${problem} ${remedy}`);
    this.name = 'LocalProblem';
  }
}

/** Tells the person at the terminal what is being done now. */
export type Report = (step: string) => void;
