/** What waits to be sent, in the order it was made; what the browser keeps is always the same. */

import type { Item, TakingBack } from './entries'
import type { Kept } from './kept'

export class Waiting {
  readonly items: Item[] = []

  constructor(readonly kept: Kept) {}

  /** How many decisions of a batch, or of all, wait; each taking back counts as one of all. */
  count(batch: string): number {
    let count = 0
    for (const one of this.items)
      if (one.kind === 'undo') count += batch ? 0 : 1
      else if (!batch || one.batch === batch) count += one.rulings.length
    return count
  }

  find(id: string): Item | undefined {
    return this.items.find((one) => one.id === id)
  }

  /** What is to take a sending back once that is with the server. */
  takingBack(sending: string): TakingBack[] {
    return this.items.filter((one) => one.kind === 'undo').filter((one) => one.of === sending)
  }

  /** Those that somebody else made than who is bound to sign now. */
  foreignTo({ name, bound }: { name: string; bound: boolean }): Item[] {
    return bound ? this.items.filter((one) => one.by && one.by !== name) : []
  }

  /** Items that the browser keeps already. */
  take(items: Item[]): void {
    this.items.push(...items.filter((one) => !this.find(one.id)))
    this.#sort()
  }

  add(item: Item): void {
    this.items.push(item)
    this.#sort()
    this.kept.write(item)
  }

  /** Put an item in the place of the one of the same id. */
  replace(item: Item): void {
    const place = this.items.findIndex((one) => one.id === item.id)
    if (place >= 0) this.items[place] = item
    this.kept.write(item)
  }

  drop(id: string): void {
    const place = this.items.findIndex((one) => one.id === id)
    if (place >= 0) this.items.splice(place, 1)
    this.kept.remove(id)
  }

  #sort(): void {
    this.items.sort((one, other) => (one.id < other.id ? -1 : 1))
  }
}
