/**
 * What a query found, kept by query, so that whoever comes back from a picture finds the same hits
 * at the same place, and so that a picture's view can lead to the hit before and after it.
 */

import { get, post } from '../api/client'
import type { Hit, ListedPhoto, ListedPhotos, SearchAnswer } from '../api/types'

/** A hit, or with an empty query a photo of the archive. */
export type Found = Hit | ListedPhoto

export const PART = 60
const MOST_AT_ONCE = 1000
const MOST_KEPT = 8
const LOADED = 'archive-ai.loaded'

export class Results {
  found = $state.raw<Found[]>([])
  /** The first part's answer, whose numbers are of the whole archive; none while browsing. */
  answer = $state.raw<SearchAnswer>()
  failed = $state.raw<unknown>()
  loading = $state(false)
  begun = $state(false)
  /**
   * What is shown: hits, and what is none only where there are no hits or somebody wants it. Not
   * derived: what is derived ends with the view that made it, and results are kept longer.
   */
  shown = $state.raw<Found[]>([])
  #uncertain = false
  #cursor = $state('')
  #asking: AbortController | undefined
  #pending: Promise<void> = Promise.resolve()
  readonly #seen = new Set<string>()

  /** `file`: a picture that is sent with the words and not kept. */
  constructor(
    readonly q: string,
    readonly file?: File,
  ) {}

  /** Nothing follows of what is shown. */
  get whole(): boolean {
    return this.begun && (!this.#cursor || this.shown.length < this.found.length)
  }

  /** Load what follows, by default as many as fit a few screens; nothing while it loads. */
  more(count = this.begun ? PART : Math.max(PART, this.#loadedBefore())): Promise<void> {
    if (!this.loading && !this.whole) this.#pending = this.#load(count)
    return this.#pending
  }

  /** Wait for what is being loaded. */
  settled(): Promise<void> {
    return this.#pending
  }

  async #load(count: number): Promise<void> {
    const asking = (this.#asking = new AbortController())
    this.loading = true
    this.failed = undefined
    try {
      const limit = Math.min(count, MOST_AT_ONCE)
      const part = await this.#ask(limit, asking.signal)
      // Not twice, also where photos were added between two parts.
      const fresh = part.found.filter((one) => !this.#seen.has(one.photo))
      for (const one of fresh) this.#seen.add(one.photo)
      this.found = [...this.found, ...fresh]
      this.#show()
      this.#cursor = part.cursor
      this.begun = true
      this.#remember()
    } catch (error) {
      if (!asking.signal.aborted) this.failed = error
    } finally {
      if (this.#asking === asking) this.loading = false
    }
  }

  /** Show also what does not stand out from chance, after what does. */
  showUncertain(): void {
    this.#uncertain = true
    this.#show()
  }

  #show(): void {
    const below = this.found.findIndex((one) => 'strength' in one && one.strength === 'below')
    this.shown = below > 0 && !this.#uncertain ? this.found.slice(0, below) : this.found
  }

  /** Nobody waits for it any more. */
  abandon(): void {
    this.#asking?.abort()
    this.#asking = undefined
    this.loading = false
  }

  async #ask(limit: number, signal: AbortSignal): Promise<{ found: Found[]; cursor: string }> {
    const query = { q: this.q, limit, cursor: this.#cursor }
    if (!this.q && !this.file) {
      const part = await get<ListedPhotos>('/photos', {
        query: { limit, cursor: this.#cursor },
        signal,
      })
      return { found: part.photos, cursor: part.cursor }
    }
    const answer = await (this.file
      ? post<SearchAnswer>('/search/picture', formOf(this.file), { query, signal })
      : get<SearchAnswer>('/search', { query, signal }))
    this.answer ??= answer
    return { found: answer.hits, cursor: answer.cursor }
  }

  #loadedBefore(): number {
    return this.file ? 0 : (loaded()[this.q] ?? 0)
  }

  #remember(): void {
    if (this.file) return
    const all = loaded()
    delete all[this.q]
    all[this.q] = this.found.length
    const kept = Object.entries(all).slice(-MOST_KEPT)
    sessionStorage.setItem(LOADED, JSON.stringify(Object.fromEntries(kept)))
  }
}

const kept = new Map<string, Results>()

/** The results of a query: those that are there, else new ones that have not begun to load. */
export function resultsOf(q: string): Results {
  const found = kept.get(q) ?? new Results(q)
  kept.delete(q)
  kept.set(q, found)
  for (const old of [...kept.keys()].slice(0, -MOST_KEPT)) kept.delete(old)
  return found
}

/** Forget what was found for a query, to ask it anew. */
export function forget(q: string): void {
  kept.get(q)?.abandon()
  kept.delete(q)
}

/**
 * The hits before and after a photo among those of a query; empty where there is none, or not yet:
 * what is read in a template or an effect is told when it comes.
 */
export function neighbours(photo: string, q: string): { before?: string; after?: string } {
  void asked
  const results = kept.get(q)
  if (!results) {
    if (q) queueMicrotask(() => void begin(q))
    return {}
  }
  const place = results.shown.findIndex((one) => one.photo === photo)
  // Only near the end: a photo that is no hit must not have all of them loaded.
  const near = place >= results.shown.length - 2 && (place >= 0 || !results.begun)
  // Not while this is read: what is read must not change by reading it.
  if (near && !results.whole && !results.failed) queueMicrotask(() => void results.more())
  if (place < 0) return {}
  const before = results.shown[place - 1]?.photo
  const after = results.shown[place + 1]?.photo
  return { ...(before && { before }), ...(after && { after }) }
}

/** How often hits were asked for from elsewhere than the search: what was read before is read anew. */
let asked = $state(0)

function begin(q: string): Promise<void> {
  const results = resultsOf(q)
  asked += 1
  return results.more()
}

function loaded(): Record<string, number> {
  return JSON.parse(sessionStorage.getItem(LOADED) ?? '{}') as Record<string, number>
}

function formOf(file: File): FormData {
  const form = new FormData()
  form.set('picture', file, file.name)
  return form
}
