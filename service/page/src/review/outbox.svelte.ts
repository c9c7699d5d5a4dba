/** Decisions: applied on the page at once, sent behind; kept until the server has them. */

import { get, post, Problem } from '../api/client'
import type { Decided, Decision, Ruling, Verdict } from '../api/types'
import { session, signInIfNeeded } from '../session/session.svelte'
import type { Pause, Refusal, Told } from './entries'
import { Kept, TOLD } from './kept'
import { Line } from './outbox'
import { Tabs } from './tabs'

export type Conflict = Extract<Told, { kind: 'conflict' }>
export type Failed = Extract<Told, { kind: 'failed' }>

class Outbox {
  #turn = $state(0)
  #tabs = new Tabs(() => void this.#adopt())
  #kept = new Kept(localStorage, this.#tabs.tab)
  #line = new Line({
    kept: this.#kept,
    post: (path, body) => post<Decided>(path, body),
    decisions: (photo) => get<Decision[]>(`/photos/${photo}/decisions`),
    refusal: refusalOf,
    later: (run, milliseconds) => {
      const timer = setTimeout(run, milliseconds)
      return () => clearTimeout(timer)
    },
    signer: () => ({ name: session.decides, bound: session.name !== '' }),
    signIn: () => signInIfNeeded(new Problem(401, 'sign-in-needed', '')),
    changed: () => (this.#turn += 1),
  })

  constructor() {
    addEventListener('online', () => this.sendNow())
    addEventListener('visibilitychange', () => {
      if (!document.hidden) void this.#adopt()
    })
    addEventListener('pagehide', () => this.#tabs.leave())
    addEventListener('beforeunload', (event) => {
      // Everything else is kept and sent when the page is opened again.
      if (this.#kept.inMemory) event.preventDefault()
    })
    addEventListener('storage', (event) => {
      if (event.key?.startsWith(TOLD) && event.newValue === null)
        this.#line.forget(event.key.slice(TOLD.length))
    })
    $effect.root(() => {
      $effect(() => {
        if (session.known && session.decides) this.sendNow()
      })
      $effect(() => {
        if (session.known) void this.#adopt()
      })
    })
  }

  /** How many decisions the server does not have yet. */
  get waiting(): number {
    return this.#read().left()
  }

  /** How many decisions of one batch it does not have yet. */
  left(batch: string): number {
    return this.#read().left(batch)
  }

  /** The server did not answer, or asked to wait; it is tried again by itself. */
  get offline(): boolean {
    return this.#read().pause === 'away'
  }

  get pause(): Pause {
    return this.#read().pause
  }

  /** Whether somebody has to say who decides before anything can be sent. */
  get nameless(): boolean {
    return this.#read().items.length > 0 && session.known && !session.decides
  }

  /** How many entries the browser has no room for. */
  get inMemory(): number {
    void this.#turn
    return this.#kept.inMemory
  }

  /** Who has to sign in for what waits to be sent; empty: nobody. */
  get foreign(): string[] {
    return [...new Set(this.#read().foreign.map((one) => one.by))]
  }

  /** What the server will never take as it is. */
  get failed(): Failed[] {
    return this.#read().told.filter((one) => one.kind === 'failed')
  }

  /** What somebody else decided otherwise meanwhile. */
  get conflicts(): Conflict[] {
    return this.#read().told.filter((one) => one.kind === 'conflict')
  }

  /** Counts what the server has taken: views that show its numbers ask it anew. */
  get sent(): number {
    return this.#read().sent
  }

  get undoable(): boolean {
    return this.#read().newest !== ''
  }

  /** Whether undo would take this batch back. */
  isNewest(batch: string): boolean {
    return this.#read().newest === batch
  }

  /** Decide on photos, as one batch that can be taken back as one; returns its name. */
  decide(rulings: Ruling[], scheme = ''): string {
    return this.#line.decide(rulings, scheme)
  }

  /** Take the newest batch of this sitting back; returns what it was about. */
  undo(): Ruling[] {
    return this.#line.undo()
  }

  /** What was decided on this page about a concept on a photo, if anything was. */
  verdict(photo: string, concept: string): Verdict | undefined {
    return this.#read().verdict(photo, concept)
  }

  sendNow(): void {
    void this.#line.send(true)
  }

  /** A conflict or a failure was read; `again`: decide so all the same. */
  settle(id: string, again = false): void {
    this.#line.settle(id, again)
  }

  /** Send what others left under the present name, or throw it away. */
  claim(mine: boolean): void {
    this.#line.claim(mine)
  }

  #read(): Line {
    void this.#turn
    return this.#line
  }

  async #adopt(): Promise<void> {
    if (!session.known) return
    const closed = await this.#tabs.closed(this.#kept.others())
    for (const tab of closed) this.#line.take(this.#kept.adopt(tab))
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof Problem) return error
  // An answer that is no JSON, as a web server in front gives while it restarts.
  return { status: 0, code: 'unreachable', detail: String(error), wait: 0 }
}

export const outbox = new Outbox()
