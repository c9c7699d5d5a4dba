/** Which point is pointed at: what is touched stays, what the mouse is over goes after a moment. */

const UNTIL_AWAY = 300

export class Pointing {
  #hovered = $state<number>()
  #held = $state<number>()
  #timer = 0

  get point(): number | undefined {
    return this.#held ?? this.#hovered
  }

  /** A point, or none, was pointed at. */
  at(point: number | undefined, touched: boolean): void {
    this.stay()
    if (touched) {
      this.#held = point
      this.#hovered = undefined
    } else if (point !== undefined) this.#hovered = point
    else this.leave()
  }

  /** The pointer left it; it stays for a moment, so that what is shown of it can be reached. */
  leave(): void {
    this.stay()
    this.#timer = window.setTimeout(() => (this.#hovered = undefined), UNTIL_AWAY)
  }

  stay(): void {
    clearTimeout(this.#timer)
  }

  close(): void {
    this.#held = this.#hovered = undefined
  }
}
