/** What was decided since the page was opened: what stands by that, and what undo takes back. */

import type { Decision, Ruling, Verdict } from '../api/types'
import type { Item, Told } from './entries'

/** One key press, one cluster or one bulk. */
interface Made {
  batch: string
  /** In how many parts it is sent, by their names. */
  sendings: string[]
  rulings: Ruling[]
}

export class Sitting {
  #made: Made[] = []
  /** What others decided instead, as far as it was told here. */
  #theirs = new Map<string, Verdict>()
  #verdicts: Map<string, Verdict> | undefined

  get newest(): Made | undefined {
    return this.#made.at(-1)
  }

  add(made: Made): void {
    for (const one of made.rulings) this.#theirs.delete(keyOf(one))
    this.#made.push(made)
  }

  takeNewest(): Made | undefined {
    return this.#made.pop()
  }

  /** A part is sent in smaller ones. */
  split(sending: string, into: string[]): void {
    for (const made of this.#made)
      made.sendings = made.sendings.flatMap((one) => (one === sending ? into : [one]))
  }

  /** Somebody else's decision stands instead. */
  overruled({ photo, concept, verdict }: Decision): void {
    if (verdict !== 'undone') this.#theirs.set(keyOf({ photo, concept }), verdict)
  }

  /** Something waits, or was told, that was not before. */
  turned(): void {
    this.#verdicts = undefined
  }

  /** What stands about a concept on a photo; later decisions go before earlier ones. */
  verdict(
    photo: string,
    concept: string,
    items: readonly Item[],
    told: Told[],
  ): Verdict | undefined {
    this.#verdicts ??= this.#all(items, told)
    return this.#verdicts.get(keyOf({ photo, concept }))
  }

  #all(items: readonly Item[], told: Told[]): Map<string, Verdict> {
    const all = new Map<string, Verdict>()
    const undone = new Set(items.map((one) => (one.kind === 'undo' ? one.of : '')))
    const say = (rulings: Ruling[]) => rulings.forEach((one) => all.set(keyOf(one), one.verdict))
    for (const item of items) if (item.kind === 'decide' && !undone.has(item.id)) say(item.rulings)
    for (const made of this.#made) say(made.rulings)
    for (const one of told)
      if (one.kind === 'failed' && one.item.kind === 'decide')
        for (const ruling of one.item.rulings) all.delete(keyOf(ruling))
    for (const [key, verdict] of this.#theirs) all.set(key, verdict)
    return all
  }
}

function keyOf({ photo, concept }: { photo: string; concept: string }): string {
  return `${photo} ${concept}`
}
