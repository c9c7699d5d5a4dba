/**
 * Which tabs of this page are open: asked over a channel, answered at once.
 *
 * Not by the Web Locks API: browsers have it over https only, and an office may have none. Two
 * tabs that adopt the same entries at the same moment send twice, which the server sees through.
 */

const CHANNEL = 'archive-ai.tabs'
const SECONDS_TO_ANSWER = 0.4

type Said = { says: 'who' } | { says: 'here'; tab: string } | { says: 'gone' }

export class Tabs {
  readonly tab = Math.random().toString(36).slice(2, 10)
  #channel = new BroadcastChannel(CHANNEL)
  #here = new Set<string>()

  /** `ongone`: a tab was closed, and may have left something. */
  constructor(ongone: () => void) {
    this.#channel.onmessage = ({ data }: MessageEvent<Said>) => {
      if (data.says === 'who') this.#say({ says: 'here', tab: this.tab })
      else if (data.says === 'here') this.#here.add(data.tab)
      else ongone()
    }
  }

  /** Return those of some tabs that do not answer. */
  async closed(some: string[]): Promise<string[]> {
    if (!some.length) return []
    this.#here.clear()
    this.#say({ says: 'who' })
    await new Promise((answered) => setTimeout(answered, SECONDS_TO_ANSWER * 1_000))
    return some.filter((tab) => !this.#here.has(tab))
  }

  leave(): void {
    this.#say({ says: 'gone' })
  }

  #say(said: Said): void {
    this.#channel.postMessage(said)
  }
}
