/** What all views read: who is signed in, photos, tags. */

import type { Language } from '../../language/language.svelte'
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
