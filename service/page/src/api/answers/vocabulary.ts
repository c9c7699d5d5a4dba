/** The concepts that the archive tags with. */

import type { Language } from '../../language/language.svelte'
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
