/** Counts what is under way: requests being answered, and deliveries the app hasn't acknowledged. */
export class Activity {
  #count = 0;
  #waiting: (() => void)[] = [];

  /** Marks the start of something; the returned function marks its end, once. */
  begin(): () => void {
    this.#count += 1;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#count -= 1;
      if (this.#count > 0) return;
      const waiting = this.#waiting;
      this.#waiting = [];
      for (const resolve of waiting) resolve();
    };
  }

  get count(): number {
    return this.#count;
  }

  /** Resolves when nothing is under way, also after a turn in which new work could have begun. */
  async idle(): Promise<void> {
    do {
      if (this.#count > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    } while (this.#count > 0);
  }
}
