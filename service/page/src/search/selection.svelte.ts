/** Photos that were chosen to do something with all of them. */

import type { Results } from './results.svelte'

export const MOST = 10_000
const AT_ONCE = 1000

class Selection {
  photos = $state.raw<ReadonlySet<string>>(new Set())
  /** All hits are being chosen: how many there are so far. */
  gathering = $state(false)
  failed = $state.raw<unknown>()

  choose(photos: string[], on: boolean): void {
    const chosen = new Set(this.photos)
    for (const photo of photos) {
      if (on) chosen.add(photo)
      else chosen.delete(photo)
    }
    this.photos = chosen
  }

  clear(): void {
    this.gathering = false
    this.photos = new Set()
  }

  stop(): void {
    this.gathering = false
  }

  /** Choose all hits, strong and weak, up to MOST; loads those that are not there yet. */
  async all(results: Results): Promise<void> {
    this.gathering = true
    this.failed = undefined
    while (this.gathering) {
      const hits = results.found.filter((one) => !('strength' in one) || one.strength !== 'below')
      this.photos = new Set(hits.slice(0, MOST).map((one) => one.photo))
      const enough = hits.length < results.found.length || hits.length >= MOST
      if (results.whole || enough) break
      await results.settled()
      if (this.gathering) await results.more(AT_ONCE)
      this.failed = results.failed
      if (results.failed) break
    }
    this.gathering = false
  }
}

export const selection = new Selection()
