/** What is decided, and what waits for it. */

import type { Label, Pictured, Verdict } from './common'
export interface Ruling {
  photo: string
  concept: string
  verdict: Verdict
  /** The decision that stood when it was made, as the queue said; null: whatever stands. */
  seen?: number | null
}

export interface Decision {
  number: number
  photo: string
  concept: string
  verdict: Verdict | 'undone'
  origin: string
  by: string
  at: string
  note: string
  batch: number
  undoes: number | null
}

export interface Decided {
  batch: number
  written: number
  unchanged: number
  conflicts: Decision[]
}

/** One photo to decide on; photos of one group look alike. */
export interface QueueRow extends Pictured {
  path: string
  page: number
  probability: number | null
  group: number
  /** The decision that stands, 0 for none; sent back with a ruling. */
  seen: number
}

/** How many suggestions are right, by those of a random sample that were judged. */
export interface Estimated {
  precision: number | null
  low: number | null
  high: number | null
  margin: number | null
  judged: number
  wanted: number
  confidence: number
}

export interface Queue {
  concept: string
  label: Label
  waiting: number
  rows: QueueRow[]
  estimate: string | null
  estimated: Estimated | null
}

export interface ReviewProgress {
  concept: string
  waiting: number
  accepted: number
  rejected: number
  estimated: Estimated | null
}

/** A concept with suggestions that nobody decided. */
export interface WaitingConcept {
  concept: string
  scheme: string
  label: Label
  facet: string
  waiting: number
  accepted: number
  rejected: number
  mode: string
}
