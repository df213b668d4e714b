/** Which answers to an upload are worth asking again. */

/** What the service answered: its status, and the code and the sentence of its problem. */
export interface Answer {
  readonly status: number;
  readonly code: string | null;
  readonly sentence: string | null;
}

/** Whether the same request may do better a little later. */
export function mayPass(answer: Answer | null): boolean {
  if (answer === null) return true;
  const { status, code } = answer;
  // 409: the bytes are for another place, which asking again puts right; or the name is taken.
  if (status === 409) return code !== "name_taken";
  return status === 423 || status === 429 || status >= 500;
}
