/** The numbers beside filters: they come after the hits and never hold them up. */

import { get } from '../api/client'
import type { Facets } from '../api/types'
import type { Kind } from '../query/parts'

/** In the order in which they are shown. */
export const FACETS: Kind[] = ['jahr', 'sammlung', 'tag', 'farbe', 'art', 'format']

class FacetNumbers {
  numbers = $state.raw<Facets>()
  failed = $state.raw<unknown>()
  #q = $state<string>()

  /** Whether the numbers are those of a query. */
  areOf(q: string): boolean {
    return this.#q === q
  }

  async load(q: string, signal: AbortSignal): Promise<void> {
    if (this.#q === q) return
    try {
      const numbers = await get<Facets>('/facets', { query: { q }, signal })
      if (signal.aborted) return
      this.numbers = numbers
      this.#q = q
      this.failed = undefined
    } catch (error) {
      if (!signal.aborted) this.failed = error
    }
  }
}

export const facets = new FacetNumbers()
