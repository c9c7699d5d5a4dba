/** What lies on the review desk: the photos to decide on, which is current, how far it is. */

import { get } from '../api/client'
import type { Estimated, Queue, QueueRow, ReviewProgress, Verdict } from '../api/types'
import { session } from '../session/session.svelte'
import { outbox } from './outbox.svelte'
import { clusterOf, nextOpen, takenFrom } from './queue'

export type Order = 'teach' | 'sure' | 'sample' | 'second'
export const ORDERS: Order[] = ['teach', 'sure', 'sample', 'second']

/** So many lie on the desk at once. */
export const AT_ONCE = 24
/** With so few undecided left on the desk the next ones are fetched. */
const AHEAD = 10
const MOST = 1_000
/** So many sheets are fetched at once, and again when fewer are left: one can go on while the
 * server is away. */
const SHEETS = 10
const FEW_SHEETS = 4
/** The numbers are asked for anew so soon after the server took a decision, in milliseconds. */
const A_WHILE = 400

export class Desk {
  rows = $state.raw<QueueRow[]>([])
  current = $state(0)
  loaded = $state(false)
  error = $state<unknown>()
  progress = $state.raw<ReviewProgress>()
  /** Decided on this desk since it was opened, by photo. */
  done = $state.raw<ReadonlyMap<string, Verdict>>(new Map())
  /** Put back, to come at the end. */
  skipped = $state.raw<ReadonlySet<string>>(new Set())
  next = $state.raw<QueueRow[]>([])

  #past = new Map<string, QueueRow>()
  #fetching: Promise<void> | undefined
  #exhausted = false
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Those of a sample that were decided since the server estimated. */
  #sinceEstimate = $state.raw<Verdict[]>([])

  constructor(
    readonly concept: string,
    readonly scheme: string,
    readonly order: Order,
  ) {}

  get row(): QueueRow | undefined {
    return this.rows[this.current]
  }

  /** How many on the desk are neither decided nor put back. */
  get open(): number {
    return this.rows.filter((row) => this.isOpen(row)).length
  }

  get accepted(): number {
    return [...this.done.values()].filter((one) => one === 'accepted').length
  }

  /** The estimate with what was decided of the sample since; null if there is none yet. */
  get estimated(): Estimated | null {
    const known = this.progress?.estimated
    if (!known) return null
    const since = this.#sinceEstimate
    const judged = known.judged + since.length
    if (!judged) return null
    const right =
      (known.precision ?? 0) * known.judged + since.filter((one) => one === 'accepted').length
    return { ...known, judged, precision: right / judged }
  }

  isOpen(row: QueueRow): boolean {
    return !this.done.has(row.photo) && !this.skipped.has(row.photo)
  }

  /** The rows that are decided together with the current one. */
  get cluster(): QueueRow[] {
    return clusterOf(this.rows, this.current)
  }

  /** Lay the first photos out; `anew`: those that lie there go back, for their order is another. */
  async begin(anew = false): Promise<void> {
    this.#exhausted = false
    this.next = []
    if (anew) this.rows = []
    try {
      await this.#fetch()
      this.#layOut()
      this.loaded = true
      this.error = undefined
      // Not at once: the server would look through the whole archive twice.
      this.refreshSoon()
    } catch (error) {
      this.error = error
    }
  }

  /** Decide on some rows as one; goes on to the next that is open. */
  decide(rows: QueueRow[], verdict: Verdict): void {
    const open = rows.filter((row) => !this.done.has(row.photo))
    if (!open.length) return
    const { concept } = this
    outbox.decide(
      open.map(({ photo, seen }) => ({ photo, concept, verdict, seen })),
      this.scheme,
    )
    const done = new Map(this.done)
    for (const row of open) {
      done.set(row.photo, verdict)
      this.#past.set(row.photo, row)
    }
    this.done = done
    if (this.order === 'sample')
      this.#sinceEstimate = [...this.#sinceEstimate, ...open.map(() => verdict)]
    this.#goOn()
  }

  skip(): void {
    if (!this.row || this.done.has(this.row.photo)) return
    this.skipped = new Set(this.skipped).add(this.row.photo)
    this.#goOn()
  }

  /** Take the newest batch back; what was on this desk is open again, and current. */
  undo(): number {
    const undone = outbox.undo()
    const mine = undone.filter((one) => one.concept === this.concept && this.done.has(one.photo))
    if (!mine.length) return undone.length
    const done = new Map(this.done)
    for (const { photo } of mine) done.delete(photo)
    this.done = done
    this.#sinceEstimate = this.#sinceEstimate.slice(0, -mine.length)
    const here = new Set(this.rows.map((row) => row.photo))
    const back = mine.flatMap(({ photo }) => this.#past.get(photo) ?? [])
    const gone = back.filter((row) => !here.has(row.photo))
    if (gone.length) this.rows = [...gone, ...this.rows]
    this.current = this.rows.findIndex((row) => row.photo === mine[0]!.photo)
    return undone.length
  }

  moveTo(place: number): void {
    if (this.rows.length) this.current = Math.min(this.rows.length - 1, Math.max(0, place))
  }

  /** Ask for the numbers, a while after the server took something, not after each. */
  refreshSoon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.refresh().catch(() => {}), A_WHILE)
  }

  /** The server answers again: go on where nothing was left to decide. */
  again(): void {
    if (this.error && !this.open) void this.begin()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  async refresh(): Promise<void> {
    // What waits is not in the server's numbers yet.
    const waits = outbox.waiting > 0
    const query = { scheme: this.scheme }
    this.progress = await get<ReviewProgress>(`/review/${this.concept}/progress`, { query })
    if (!waits && !outbox.waiting) this.#sinceEstimate = []
  }

  #goOn(): void {
    const place = nextOpen(this.rows, this.current, (row) => this.isOpen(row))
    if (place >= 0) this.current = place
    else this.#layOut()
    if (this.open <= AHEAD) void this.#fetch().then(() => this.#layOut(), this.#failed)
  }

  #failed = (error: unknown): void => {
    // As long as something is open one can go on; the outbox says that the server is away.
    if (!this.open) this.error = error
  }

  /** Put the next ones on the desk, once everything on it is decided. */
  #layOut(): void {
    if (this.open) return
    const coming = this.next.filter((row) => this.#isNew(row))
    if (!coming.length && !this.#exhausted) {
      if (this.rows.length) void this.#fetch().then(() => this.#layOut(), this.#failed)
      return
    }
    if (!coming.length && this.skipped.size) {
      // The end: what was put back comes again.
      this.skipped = new Set()
      this.#exhausted = false
      this.next = []
      void this.#fetch().then(() => this.#layOut(), this.#failed)
      return
    }
    const [taken, left] = takenFrom(coming, AT_ONCE)
    this.rows = taken
    this.next = left
    this.current = 0
  }

  #isNew(row: QueueRow): boolean {
    return (
      this.isOpen(row) &&
      (this.order === 'second' || outbox.verdict(row.photo, this.concept) === undefined)
    )
  }

  async #fetch(): Promise<void> {
    this.#fetching ??= this.#ask().finally(() => (this.#fetching = undefined))
    return this.#fetching
  }

  async #ask(): Promise<void> {
    const here = new Set(this.rows.filter((row) => this.isOpen(row)).map((row) => row.photo))
    if (
      this.next.filter((row) => this.#isNew(row)).length >= FEW_SHEETS * AT_ONCE ||
      this.#exhausted
    )
      return
    // What is decided, put back or lies here is still among those that the server lists.
    const wanted = SHEETS * AT_ONCE + here.size + this.skipped.size + outbox.waiting
    const limit = Math.min(MOST, wanted)
    const { scheme, order } = this
    const query = { scheme, order, limit, by: session.decides }
    const found = await get<Queue>(`/review/${this.concept}`, { query })
    this.next = found.rows.filter((row) => this.#isNew(row) && !here.has(row.photo))
    this.#exhausted = found.rows.length < limit || !this.next.length
    this.error = undefined
  }
}
