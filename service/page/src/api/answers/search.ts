/** What searches answer. */

import type { Language } from '../../language/language.svelte'
import type { Pictured, Strength, Tag } from './common'
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
