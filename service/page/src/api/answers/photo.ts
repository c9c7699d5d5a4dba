/** All that is known of one photo. */

import type { Label, Pictured, Tag } from './common'
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
