/** Which rows of a long list are there: those one can see, and some around them. */

export interface Rows {
  readonly first: number;
  /** Past the last. */
  readonly end: number;
}

/** So many rows more are there on both sides, so that the keyboard always finds the next one. */
const AROUND = 8;

export function rowsIn(scrollTop: number, height: number, row: number, count: number): Rows {
  const first = Math.max(0, Math.floor(scrollTop / row) - AROUND);
  const end = Math.min(count, Math.ceil((scrollTop + height) / row) + AROUND);
  return { first: Math.min(first, end), end };
}

/** Where to scroll to so that a row is seen; the same where it is. */
export function scrollTo(index: number, scrollTop: number, height: number, row: number): number {
  if (index * row < scrollTop) return index * row;
  if ((index + 1) * row > scrollTop + height) return (index + 1) * row - height;
  return scrollTop;
}
