/** The concepts that the archive tags with, loaded once. */

import { get } from '../api/client'
import type { Concept, WholeScheme } from '../api/types'
import { labelled } from '../language/language.svelte'

class Vocabulary {
  scheme = $state('')
  version = $state('')
  concepts = $state<Concept[]>([])
  #asked: Promise<void> | undefined

  /** Load the concepts, unless they are there. */
  load(): Promise<void> {
    this.#asked ??= this.renew()
    return this.#asked
  }

  async renew(): Promise<void> {
    const { schemes } = await get<{ schemes: { scheme: string }[] }>('/vocabulary')
    const first = schemes[0]?.scheme
    if (!first) return
    const whole = await get<WholeScheme>(`/vocabulary/${encodeURIComponent(first)}`)
    this.scheme = whole.scheme
    this.version = whole.version
    this.concepts = whole.concepts
  }

  /** A concept's prefLabel in the reader's language; its id where it is not known. */
  label(concept: string): string {
    const found = this.concepts.find((one) => one.concept === concept)
    return found ? labelled(found.label, concept) : concept
  }
}

export const vocabulary = new Vocabulary()
