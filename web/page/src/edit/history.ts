/** Undo and redo: every edit that there was, up to a bound. */

const MOST_STEPS = 500;

/** What is and what was. Immutable, as the values in it are. */
export class History<T> {
  private constructor(
    private readonly past: readonly T[],
    readonly present: T,
    private readonly future: readonly T[],
    private readonly most: number,
  ) {}

  static of<T>(present: T, most = MOST_STEPS): History<T> {
    return new History([], present, [], most);
  }

  get canUndo(): boolean {
    return this.past.length > 0;
  }

  get canRedo(): boolean {
    return this.future.length > 0;
  }

  /** A step further: what was undone before is gone. Nothing happens where nothing differs. */
  push(next: T): History<T> {
    if (next === this.present) return this;
    const past = [...this.past, this.present].slice(-this.most);
    return new History(past, next, [], this.most);
  }

  /** The last step differently: one undo takes back both. */
  amend(next: T): History<T> {
    if (next === this.present) return this;
    return new History(this.past, next, [], this.most);
  }

  undo(): History<T> {
    if (!this.canUndo) return this;
    const past = this.past.slice(0, -1);
    const before = this.past.at(-1) as T;
    return new History(past, before, [this.present, ...this.future], this.most);
  }

  redo(): History<T> {
    if (!this.canRedo) return this;
    const [next, ...future] = this.future as [T, ...T[]];
    return new History([...this.past, this.present], next, future, this.most);
  }
}
