/**
 * Decisions on their way to the server: an outbox that loses none.
 *
 * Each batch is written to the store before anything is sent, sent in the order it was made, and
 * taken out only when the server has answered. What the server cannot take is put aside and told;
 * what somebody else decided meanwhile is told too. Taking a batch back waits in the same line.
 *
 * The server writes a ruling that stands already only once, so that sending twice is harmless; a
 * batch whose answer was lost is found again by what the server knows of its photos.
 */

import type { Decision, Ruling, Verdict } from '../api/types'
import { mayPass, numberOf, type Item, type Pause, type Ports, type Refusal } from './entries'
import type { Sending, TakingBack, Told } from './entries'
import { Sitting } from './sitting'
import { Waiting } from './waiting'

/** At most so many rulings are sent at once: progress is seen, and less is asked again. */
export const PART = 1_000
const FIRST_PAUSE = 1_000
const LONGEST_PAUSE = 30_000
/** With these one ruling keeps others from being written that are possible. */
const HALVED = new Set(['unknown-photo', 'too-large'])

export class Line {
  readonly told: Told[] = []
  pause: Pause = ''
  /** Sendings that the server has, counted. */
  sent = 0

  #waiting: Waiting
  #sitting = new Sitting()
  #numbers = new Map<string, number>()
  #sending: Item | undefined
  #failures = 0
  #callOff: (() => void) | undefined

  constructor(readonly ports: Ports) {
    this.#waiting = new Waiting(ports.kept)
    this.told.push(...ports.kept.told())
  }

  get items(): readonly Item[] {
    return this.#waiting.items
  }

  /** How many decisions of a batch, or of all, the server does not have yet. */
  left(batch = ''): number {
    return this.#waiting.count(batch)
  }

  /** Put what a tab that is gone has kept into the line. */
  take(items: Item[]): void {
    this.#waiting.take(items)
    this.#turned()
    void this.send()
  }

  /** Decide, as one batch; returns its name. */
  decide(rulings: Ruling[], scheme = ''): string {
    const batch = this.ports.kept.newId()
    const by = this.ports.signer().name
    const sendings: string[] = []
    for (let start = 0; start < rulings.length; start += PART) {
      const part = rulings.slice(start, start + PART)
      const id = this.ports.kept.newId()
      const item: Sending = { kind: 'decide', id, batch, by, scheme, rulings: part, tried: false }
      this.#waiting.add(item)
      sendings.push(id)
    }
    this.#sitting.add({ batch, sendings, rulings })
    this.#turned()
    void this.send()
    return batch
  }

  /** Take the newest batch of this sitting back; returns what it had decided, or nothing. */
  undo(): Ruling[] {
    const made = this.#sitting.takeNewest()
    if (!made) return []
    for (const sending of made.sendings.toReversed()) this.#takeBack(sending)
    this.#turned()
    void this.send()
    return made.rulings
  }

  /** The batch that undo would take back; empty: there is none. */
  get newest(): string {
    return this.#sitting.newest?.batch ?? ''
  }

  /** What stands about a concept on a photo, as far as this page has decided or been told. */
  verdict(photo: string, concept: string): Verdict | undefined {
    return this.#sitting.verdict(photo, concept, this.items, this.told)
  }

  /** Items that wait although nothing is wrong with the server: others have to sign in first. */
  get foreign(): Item[] {
    return this.#waiting.foreignTo(this.ports.signer())
  }

  /** Send the foreign items under the present name after all, or throw them away. */
  claim(mine: boolean): void {
    for (const item of this.foreign) {
      if (mine) this.#waiting.replace({ ...item, by: this.ports.signer().name })
      else this.#waiting.drop(item.id)
    }
    this.#turned()
    void this.send(true)
  }

  /** Another tab's reader has read it. */
  forget(id: string): void {
    const place = this.told.findIndex((one) => one.id === id)
    if (place >= 0) this.told.splice(place, 1)
    this.#turned()
  }

  /** It was read; a failed one is sent again if so wished. */
  settle(id: string, again = false): void {
    const one = this.told.find((one) => one.id === id)
    if (!one) return
    this.forget(id)
    this.ports.kept.removeTold(id)
    if (again && one.kind === 'failed') this.#waiting.add({ ...one.item, tried: true })
    if (again && one.kind === 'conflict')
      this.decide([{ ...one.ruling, seen: one.theirs.number }], one.scheme)
    this.#turned()
    if (again) void this.send(true)
  }

  /** Send what waits, one after the other; `now` does not wait for the pause to end. */
  async send(now = false): Promise<void> {
    if (now) {
      this.#callOff?.()
      this.#callOff = undefined
      if (this.pause === 'signed-out' || this.pause === 'nameless') this.pause = ''
    }
    if (this.#sending || this.#callOff) return
    for (;;) {
      const item = this.#next()
      if (!item) break
      this.#sending = item
      const goesOn = await this.#attempt(item)
      this.#sending = undefined
      this.#turned()
      if (!goesOn) break
    }
  }

  #next(): Item | undefined {
    const { name } = this.ports.signer()
    const foreign = new Set(this.foreign)
    const item = this.items.find((one) => !foreign.has(one))
    if (!item) {
      this.pause = ''
      return undefined
    }
    if (item.by || name) return item
    this.pause = 'nameless'
    return undefined
  }

  async #attempt(found: Item): Promise<boolean> {
    const before = found.tried
    const item = { ...found, by: found.by || this.ports.signer().name, tried: true }
    this.#waiting.replace(item)
    try {
      if (item.kind === 'decide') await this.#sendRulings(item, before)
      else await this.#sendTakingBack(item, before)
    } catch (error) {
      return this.#refused(item, this.ports.refusal(error))
    }
    this.#failures = 0
    this.pause = ''
    return true
  }

  async #sendRulings(item: Sending, before: boolean): Promise<void> {
    const { by, scheme, rulings } = item
    const answer = await this.ports.post('/review', { by, scheme, rulings })
    let number = answer.batch
    // The first answer was lost: what was written then is unchanged now.
    if (!number && before && answer.unchanged) number = await numberOf(item, this.ports)
    this.#numbers.set(item.id, number)
    for (const one of this.#waiting.takingBack(item.id)) this.#waiting.replace({ ...one, number })
    for (const theirs of answer.conflicts) this.#tellConflict(item, theirs)
    this.#waiting.drop(item.id)
    this.sent += 1
  }

  async #sendTakingBack(item: TakingBack, before: boolean): Promise<void> {
    const number = item.number ?? this.#numbers.get(item.of) ?? 0
    if (number) {
      try {
        await this.ports.post('/review/undo', { by: item.by, batch: number })
      } catch (error) {
        // It was taken back the first time, and only the answer was lost.
        if (!before || this.ports.refusal(error).status !== 422) throw error
      }
    }
    this.#waiting.drop(item.id)
    this.sent += 1
  }

  #tellConflict(item: Sending, theirs: Decision): void {
    const ruling = item.rulings.find(
      (one) => one.photo === theirs.photo && one.concept === theirs.concept,
    )
    if (!ruling) return
    const { scheme } = item
    const id = this.ports.kept.newId()
    this.#tell({ kind: 'conflict', id, scheme, ruling, theirs })
    this.#sitting.overruled(theirs)
  }

  /** Whether the next one may be tried at once. */
  #refused(item: Item, { status, code, detail, wait }: Refusal): boolean {
    if (status === 401) {
      this.pause = 'signed-out'
      this.ports.signIn()
      return false
    }
    if (mayPass(status)) {
      const pause = Math.min(FIRST_PAUSE * 2 ** this.#failures, LONGEST_PAUSE)
      this.#failures += 1
      this.pause = 'away'
      const again = () => {
        this.#callOff = undefined
        void this.send()
      }
      this.#callOff = this.ports.later(again, wait ? wait * 1_000 : pause)
      return false
    }
    if (item.kind === 'decide' && item.rulings.length > 1 && HALVED.has(code)) {
      this.#halve(item)
      return true
    }
    this.#tell({ kind: 'failed', id: item.id, item, code, detail })
    this.#waiting.drop(item.id)
    return true
  }

  /** One of many rulings is not possible: find it, so that the others are written. */
  #halve(item: Sending): void {
    const middle = Math.ceil(item.rulings.length / 2)
    const ids = [`${item.id}-0`, `${item.id}-1`]
    const parts = [item.rulings.slice(0, middle), item.rulings.slice(middle)]
    for (const [place, id] of ids.entries())
      this.#waiting.add({ ...item, id, rulings: parts[place]!, tried: true })
    this.#sitting.split(item.id, ids)
    for (const one of this.#waiting.takingBack(item.id)) {
      for (const of of ids) this.#waiting.add({ ...one, id: this.ports.kept.newId(), of })
      this.#waiting.drop(one.id)
    }
    this.#waiting.drop(item.id)
  }

  #takeBack(sending: string): void {
    const waits = this.#waiting.find(sending)
    if (waits && !waits.tried) {
      this.#waiting.drop(sending)
      return
    }
    const put = this.told.filter((one) => one.kind === 'failed' && one.item.id === sending)
    if (put.length) return put.forEach((one) => this.settle(one.id))
    const number = this.#numbers.get(sending) ?? null
    // Nothing was written: it stood already, or somebody else had decided.
    if (number === 0) return
    const id = this.ports.kept.newId()
    const by = waits?.by || this.ports.signer().name
    this.#waiting.add({ kind: 'undo', id, by, of: sending, number, tried: false })
  }

  #tell(one: Told): void {
    this.told.push(one)
    this.ports.kept.writeTold(one)
  }

  #turned(): void {
    this.#sitting.turned()
    this.ports.changed()
  }
}
