/**
 * Where decisions are kept until the server has them: one entry of the browser's store for each.
 *
 * Entries carry the name of the tab that made them, so that no tab sends what another one is
 * about to; those of a tab that is gone are adopted.
 */

import type { Item, Told } from './entries'

const ITEMS = 'archive-ai.outbox/'
export const TOLD = 'archive-ai.outbox-told/'

/** What is used of a browser's store. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

export class Kept {
  #store: Store
  #tab: string
  #now: () => number
  #last = 0
  /** What the store has no room for: gone if the page is closed. */
  #inMemory = new Map<string, string>()

  constructor(store: Store, tab: string, now: () => number = Date.now) {
    this.#store = store
    this.#tab = tab
    this.#now = now
  }

  /** How many entries are in memory alone. */
  get inMemory(): number {
    return this.#inMemory.size
  }

  /** A name that no other entry has; later ones sort after it. */
  newId(): string {
    this.#last = Math.max(this.#last + 1, this.#now() * 1_000)
    return `${this.#last.toString(36).padStart(11, '0')}.${this.#tab}`
  }

  write(item: Item): void {
    this.#put(this.#keyOf(item.id), item)
  }

  remove(id: string): void {
    this.#take(this.#keyOf(id))
  }

  writeTold(one: Told): void {
    this.#put(TOLD + one.id, one)
  }

  removeTold(id: string): void {
    this.#take(TOLD + id)
  }

  /** What was told and not yet read, in any tab. */
  told(): Told[] {
    return this.#keys(TOLD).flatMap((key) => this.#read<Told>(key))
  }

  /** Tabs other than this one that have left entries. */
  others(): string[] {
    const tabs = this.#keys(ITEMS).map((key) => key.slice(ITEMS.length).split('/')[0]!)
    return [...new Set(tabs)].filter((tab) => tab !== this.#tab)
  }

  /** Make the entries of a tab that is gone this one's. */
  adopt(tab: string): Item[] {
    return this.#keys(`${ITEMS}${tab}/`).flatMap((key) => {
      const items = this.#read<Item>(key)
      for (const item of items) {
        this.write(item)
        this.#store.removeItem(key)
      }
      return items
    })
  }

  #keyOf(id: string): string {
    return `${ITEMS}${this.#tab}/${id}`
  }

  #put(key: string, value: Item | Told): void {
    const text = JSON.stringify(value)
    try {
      this.#store.setItem(key, text)
      this.#inMemory.delete(key)
    } catch {
      // The store is full or switched off: what it had of this entry is older than what is known.
      this.#inMemory.set(key, text)
    }
  }

  #take(key: string): void {
    this.#inMemory.delete(key)
    this.#store.removeItem(key)
    // There is room now, perhaps.
    for (const [other, text] of this.#inMemory) this.#put(other, JSON.parse(text) as Item)
  }

  #keys(prefix: string): string[] {
    const all = Array.from({ length: this.#store.length }, (_, place) => this.#store.key(place))
    return all.filter((key): key is string => key?.startsWith(prefix) ?? false).sort()
  }

  /** An entry; none if it cannot be read, which then stays where it is. */
  #read<T>(key: string): T[] {
    try {
      const found = JSON.parse(this.#store.getItem(key) ?? 'null') as T | null
      return found ? [found] : []
    } catch {
      return []
    }
  }
}
