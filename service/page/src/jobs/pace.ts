/** How fast long work goes and how long it still takes, from how far it was at some moments. */

interface Sight {
  /** Milliseconds, by any clock that only goes forward. */
  at: number
  done: number
}

const LOOK_BACK = 60_000
const LEAST_SPAN = 2_000

export class Pace {
  #seen: Sight[] = []

  /** Note how far it is; going back means that something else is counted now. */
  see(done: number, at: number): void {
    const last = this.#seen.at(-1)
    if (last && done < last.done) this.#seen = []
    this.#seen.push({ at, done })
    // The one before the stretch that is looked at stays: the rate is over the whole stretch.
    while (this.#seen.length > 2 && at - this.#seen[1]!.at >= LOOK_BACK) this.#seen.shift()
  }

  /** Things a second over the last minute; undefined as long as too little was seen. */
  get rate(): number | undefined {
    const [first, last] = [this.#seen[0], this.#seen.at(-1)]
    if (!first || !last || last.at - first.at < LEAST_SPAN || last.done <= first.done)
      return undefined
    return ((last.done - first.done) * 1000) / (last.at - first.at)
  }

  /** Seconds that are left until `total` are done; undefined where that cannot be told. */
  left(total: number | null): number | undefined {
    const [rate, last] = [this.rate, this.#seen.at(-1)]
    return total && rate && last ? Math.max(0, total - last.done) / rate : undefined
  }
}
