/**
 * What the API answers, as far as the page reads it.
 *
 * `contract.ts` holds these against the API's own description whenever the page is checked.
 */

import type { Language } from '../language/language.svelte'

export type Role = 'reader' | 'archivist' | 'admin'
export type Strength = 'strong' | 'weak' | 'below'
export type TagStatus = 'suggested' | 'accepted' | 'rejected' | 'withdrawn' | 'below'
export type Verdict = 'accepted' | 'rejected'
export type Label = Partial<Record<Language, string | null>>

export interface SessionAnswer {
  /** Empty where nobody had to sign in. */
  name: string
  role: Role
}

export interface StatusAnswer {
  photos: number
  tags: Record<string, number>
  institution?: string
  version?: string
}

export interface Tag {
  concept: string
  label: Label
  status: TagStatus
  origin: 'machine' | 'person' | 'import'
  score: number | null
  probability: number | null
  run: number | null
  model: string | null
  generation: number | null
  scheme: string
  scheme_version: string
  by: string
  at: string
}

/** What any list of pictures needs of each of them. */
export interface Pictured {
  photo: string
  /** Pixels of the upright picture. */
  width: number
  height: number
  title?: string
  signature?: string
  date?: string
  path?: string
  page?: number
  tags?: Tag[]
}

export interface Reason {
  source: string
  score: number
  matched: string
}

export interface Hit extends Pictured {
  path: string
  page: number
  score: number
  strength: Strength
  reasons: Reason[]
  /** Photos of the same picture, not listed again. */
  duplicates: string[]
  tags: Tag[]
  title: string
  signature: string
  date: string
}

export interface Hint {
  code: string
  de: string
  en: string
  instead: string
}

export interface SearchAnswer {
  generation: number
  total_strong: number
  total_weak: number
  total_below: number
  left_out: number
  exact: boolean
  hints: Hint[]
  hits: Hit[]
  cursor: string
}

export interface FacetValue {
  value: string
  photos: number
  label: Partial<Record<Language, string>>
}

export interface Facets {
  photos: number
  /** By field word: sammlung, format, farbe, art, jahr, tag. */
  by: Record<string, FacetValue[]>
}

export interface ListedPhoto extends Pictured {
  path: string
  page: number
  format: string
  collections: string[]
  title: string
  signature: string
  date: string
}

export interface ListedPhotos {
  photos: ListedPhoto[]
  cursor: string
}

export interface Concept {
  concept: string
  uri: string
  label: Partial<Record<Language, string>>
  broader: string[]
  facet: string
  mode: string
  sensitivity: string
  accepted: number
  suggested: number | null
}

export interface WholeScheme {
  scheme: string
  version: string
  title: Partial<Record<Language, string>>
  concepts: Concept[]
}

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'stopped' | 'interrupted'

export interface Job {
  number: number
  kind: string
  arguments: Record<string, unknown>
  state: JobState
  progress: { done: number; total: number | null; failed: number }
  outcome: Record<string, unknown> | null
  by: string
  created_at: string
  started_at: string | null
  finished_at: string | null
}

export interface Jobs {
  jobs: Job[]
  cursor: string
}

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
  verdict: Verdict | 'none'
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

export interface PhotoRecord {
  key: string
  source: 'table' | 'embedded'
  page: number | null
  signature: string
  title: string
  description: string
  place: string
  kind: string
  rights: string
  /** EDTF, or as it was written. */
  date: string
  first: string | null
  last: string | null
  visibility: 'open' | 'closed'
  closed_until: string
  other: Record<string, string>
}

/** What the model saw of a picture, in pixels of the upright picture. */
export interface Crop {
  model: string
  left: number
  top: number
  width: number
  height: number
  squeezed: boolean
}

export interface Beside {
  photo: string
  page: number
  relation: 'page' | 'record'
  width: number
  height: number
  title: string
}

export interface PhotoAnswer {
  photo: string
  page: number
  width: number
  height: number
  format: string
  sha256: string
  paths: string[]
  tags: Tag[]
  records: PhotoRecord[]
  crop: Crop | null
  beside: Beside[]
}

export interface Duplicate {
  photo: string
  kind: 'identical' | 'same' | 'alike'
  cosine: number
  path: string
  page: number
  width: number
  height: number
}

/** Words of a concept, or a picture that shows it, and how near it is to a photo. */
export interface Nearness {
  name: string
  nearness: number
  /** Of a picture: the photo of the archive that it is, where it is one. */
  photo?: string | null
}

export interface Measures {
  colour: string
  tint: number
  chroma: number
  orientation: string
  negative: boolean | null
  positive_score: number
  blank: boolean
  detail: number
}

/** Why a machine suggests a concept, or does not. */
export interface Why {
  photo: string
  concept: string
  label: Label
  source: 'words' | 'learned' | 'measured'
  score: number | null
  probability: number | null
  threshold: number | null
  texts: Nearness[]
  examples: Nearness[]
  measures: Measures | null
  /** How much each part of the crop speaks for it, in log-odds, row by row. */
  heat: number[][] | null
  crop: Crop | null
}

export interface SavedQuery {
  id: string
  /** As it is typed. */
  q: string
  by: string
  at: string
  generation: number
  fingerprint: string
  total_strong: number
  total_weak: number
  photos: string[]
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
