/** In which parts the concepts that wait are listed: by group if so wished, measured ones last. */

import type { WaitingConcept } from '../api/types'

export interface Section {
  /** Empty: the concepts are of no group in particular. */
  facet: string
  /** The machine measured these at the file; there is hardly anything to review about them. */
  measured: boolean
  concepts: WaitingConcept[]
}

/** Divide concepts, in the order they are in; `grouped`: those of one facet go together. */
export function sectionsOf(concepts: WaitingConcept[], grouped: boolean): Section[] {
  const sections = new Map<string, Section>()
  const measured = concepts.filter((one) => one.mode === 'measured')
  for (const one of concepts) {
    if (one.mode === 'measured') continue
    const facet = grouped ? one.facet : ''
    const section = sections.get(facet) ?? { facet, measured: false, concepts: [] }
    section.concepts.push(one)
    sections.set(facet, section)
  }
  const last = { facet: '', measured: true, concepts: measured }
  return [...sections.values(), ...(measured.length ? [last] : [])]
}
