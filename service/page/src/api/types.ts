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

export interface FailedFile {
  path: string
  /** From 1; 0: the whole file. */
  page: number
  cause: string
  advice: string
}

export interface FailuresAnswer {
  failures: FailedFile[]
  total: number
  cursor: string
}

export interface Folder {
  path: string
  /** Null: it cannot be read, or holds too much to count. */
  folders: number | null
  files: number | null
}

export interface FoldersAnswer {
  roots: string[]
  folders: Folder[]
  more: boolean
}

export interface CollectionsAnswer {
  collections: { collection: string; photos: number }[]
}

/** What archivists are told by the status. */
export interface FullStatus extends StatusAnswer {
  files: Record<'present' | 'missing' | 'failed', number>
  generation: { number: number; vectors: number; created_at: string } | null
  generations: number
  model: { name: string } | null
  /** The newest, those that have ended among them. */
  jobs: Job[]
}

export interface Duplicate extends Pictured {
  kind: 'identical' | 'same' | 'alike'
  cosine: number
  path: string
  page: number
}

export interface DuplicateGroup {
  group: string
  /** The largest scan first. */
  photos: Duplicate[]
}

export interface DuplicateGroups {
  groups: DuplicateGroup[]
  next: string | null
}

export interface ModelsAnswer {
  models: {
    /** The reference it is chosen by, where there is no card. */
    name: string
    fingerprint: string | null
    card: Record<string, unknown> | null
    active: boolean
    installed: 'bundled' | 'folder' | 'open_clip' | null
    problem: string
  }[]
  generations: {
    number: number
    fingerprint: string
    model: string
    vectors: number
    active: boolean
    created_at: string
  }[]
}

export interface Token {
  name: string
  role: Role
  created_at: string
  created_by: string
  expires_at: string | null
  revoked_at: string | null
}

export interface TokensAnswer {
  tokens: Token[]
}

/** A token as it is told once. */
export interface MadeToken {
  name: string
  role: Role
  token: string
}

export interface Run {
  number: number
  generation: number
  fingerprint: string
  model: string
  scheme: string
  scheme_version: string
  /** The one that it was about; empty: all. */
  concept: string
  threshold: number
  started_at: string
  suggestions: number
  withdrawn_at: string | null
  /** Null: it was broken off, or is at work. */
  written_at: string | null
  applied_at: string | null
}

export interface RunsAnswer {
  runs: Run[]
}

export interface RunDifference {
  new: number
  gone: number
  same: number
}

/** The map as the caller may see it; `version` is another one whenever points have other numbers. */
export interface MapAnswer {
  points: number
  version: string
  generation: number
  drawn_at: string
  /** Share of points that the layout was not learned from. */
  placed: number
  unplaced: number
  /** Most points came after it was drawn: it is to be drawn anew. */
  stale: boolean
  /** x0, y0, x1, y1 */
  bounds: [number, number, number, number]
}

export interface MapLegendEntry {
  value: number
  label: Partial<Record<Language, string>>
  photos: number
}

export interface MapValuesAnswer {
  version: string
  legend: MapLegendEntry[]
  /** base64 of one byte a point: a value of the legend. */
  values: string
}

export interface MapPhoto extends Pictured {
  point: number
}

export interface MapPhotos {
  photos: MapPhoto[]
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
