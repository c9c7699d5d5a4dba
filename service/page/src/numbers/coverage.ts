/** Concepts with their numbers, as they are filtered, sorted, and grouped by facet. */

import type { Concept } from '../api/types'
import type { Language } from '../language/language.svelte'

export type Column = 'label' | 'accepted' | 'suggested' | 'share'

export interface Wanted {
  /** Part of a label. */
  words: string
  /** Empty: all. */
  facet: string
  /** Whether concepts that are on no picture are wanted too. */
  bare: boolean
  by: Column
  down: boolean
}

export interface Group {
  facet: string
  concepts: Concept[]
}

/** The label that a concept is shown by. */
export function labelOf(one: Concept, language: Language): string {
  return one.label[language] || one.label.de || one.label.en || one.concept
}

/** On how many pictures a concept is, accepted or suggested. */
export function onPictures(one: Concept): number {
  return one.accepted + (one.suggested ?? 0)
}

/** Choose and order concepts; groups stand in the order of their best concept. */
export function grouped(concepts: Concept[], wanted: Wanted, language: Language): Group[] {
  const words = wanted.words.trim().toLowerCase()
  const chosen = concepts.filter(
    (one) =>
      (!words || labelOf(one, language).toLowerCase().includes(words)) &&
      (!wanted.facet || one.facet === wanted.facet) &&
      (wanted.bare || onPictures(one) > 0),
  )
  chosen.sort((one, other) => {
    const byLabel = labelOf(one, language).localeCompare(labelOf(other, language), language)
    if (wanted.by === 'label') return wanted.down ? -byLabel : byLabel
    const difference = value(one, wanted.by) - value(other, wanted.by)
    return (wanted.down ? -difference : difference) || byLabel
  })
  const groups = new Map<string, Concept[]>()
  for (const one of chosen) groups.set(one.facet, [...(groups.get(one.facet) ?? []), one])
  return [...groups].map(([facet, some]) => ({ facet, concepts: some }))
}

function value(one: Concept, by: Column): number {
  if (by === 'accepted') return one.accepted
  if (by === 'suggested') return one.suggested ?? -1
  return onPictures(one)
}
