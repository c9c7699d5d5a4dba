/** What is asked: words and filters stand in the address, a picture that is sent never does. */

import { address, go, to } from '../address/address.svelte'
import { get } from '../api/client'
import type { SavedQuery } from '../api/types'
import { made, withPart } from '../query/parts'
import { Results, resultsOf } from './results.svelte'

/** A picture that is sent, on this page only; the address says that there is one, not which. */
class Sent {
  file = $state.raw<File>()
  preview = $state('')
  mark = $state('')
  #results = new Map<string, Results>()

  keep(file: File): void {
    this.forget()
    this.file = file
    this.preview = URL.createObjectURL(file)
    this.mark = Math.random().toString(36).slice(2, 8)
  }

  forget(): void {
    for (const one of this.#results.values()) one.abandon()
    this.#results.clear()
    if (this.preview) URL.revokeObjectURL(this.preview)
    this.file = undefined
    this.preview = this.mark = ''
  }

  with(q: string): Results {
    const found = this.#results.get(q) ?? new Results(q, this.file)
    this.#results.set(q, found)
    return found
  }
}

export const sent = new Sent()

class Asked {
  /** A saved query that the address names, once it is there. */
  saved = $state.raw<SavedQuery>()
  failed = $state.raw<unknown>()

  readonly savedId = $derived(address.query.get('query') ?? '')
  readonly waits = $derived(this.savedId !== '' && this.saved?.id !== this.savedId)
  readonly q = $derived(
    this.savedId ? (this.waits ? '' : this.saved!.q) : (address.query.get('q') ?? '').trim(),
  )
  readonly why = $derived(address.query.get('why') === '1')
  readonly #mark = $derived(address.query.get('picture') ?? '')
  readonly picture = $derived(this.#mark !== '' && this.#mark === sent.mark)
  /** The address speaks of a picture that is not here any more. */
  readonly pictureGone = $derived(this.#mark !== '' && this.#mark !== sent.mark)

  /** Ask something else; what was sent stays. */
  ask(q: string): void {
    go(to('/', { q: q.trim(), picture: this.picture ? sent.mark : '', why: this.why ? 1 : '' }))
  }

  send(file: File): void {
    sent.keep(file)
    go(to('/', { q: this.q, picture: sent.mark, why: this.why ? 1 : '' }))
  }

  takeBack(): void {
    sent.forget()
    go(to('/', { q: this.q, why: this.why ? 1 : '' }))
  }

  like(photo: string, sign: 1 | -1): void {
    this.ask(withPart(this.q, made('like', photo, sign)))
  }

  showWhy(why: boolean): void {
    const query = new URLSearchParams(address.query)
    if (why) query.set('why', '1')
    else query.delete('why')
    go(`/${query.size ? `?${query}` : ''}`, { replace: true, keepPlace: true })
  }

  results(): Results {
    return this.picture ? sent.with(this.q) : resultsOf(this.q)
  }

  /** Where a picture leads: to its view, which knows of what it was a hit. */
  href(photo: string): string {
    return to(`/photo/${photo}`, { q: this.picture ? '' : this.q })
  }

  async load(id: string, signal: AbortSignal): Promise<void> {
    this.failed = undefined
    try {
      this.saved = await get<SavedQuery>(`/queries/${encodeURIComponent(id)}`, { signal })
    } catch (error) {
      if (!signal.aborted) this.failed = error
    }
  }
}

export const asked = new Asked()
