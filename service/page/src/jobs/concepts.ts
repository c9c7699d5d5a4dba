/** Concepts as people name them in a field: by their labels, and by their ids too. */

import type { Concept } from '../api/types'
import type { Language } from '../language/language.svelte'

/** The names that are offered: one for each concept that the machine may be asked about. */
export function namesOf(concepts: Concept[], language: Language): string[] {
  const offered = concepts.filter(mayBeAsked)
  const labels = offered.map((one) => labelOf(one, language))
  const names = offered.map((one, place) => {
    const label = labels[place]!
    return labels.indexOf(label) === labels.lastIndexOf(label) ? label : `${label} (${one.concept})`
  })
  return names.sort((one, other) => one.localeCompare(other, language))
}

/** The id of the concept that somebody named; undefined where there is none, or more than one. */
export function conceptNamed(
  name: string,
  concepts: Concept[],
  language: Language,
): string | undefined {
  const wanted = name.trim().toLowerCase()
  if (!wanted) return undefined
  const offered = concepts.filter(mayBeAsked)
  const known = offered.find((one) => one.concept.toLowerCase() === wanted)
  if (known) return known.concept
  const found = offered.filter((one) => {
    const label = labelOf(one, language).toLowerCase()
    return wanted === label || wanted === `${label} (${one.concept.toLowerCase()})`
  })
  return found.length === 1 ? found[0]!.concept : undefined
}

// What asks for review first, and what people alone put on pictures, is refused by the server.
function mayBeAsked(one: Concept): boolean {
  return one.sensitivity !== 'review-first' && one.mode !== 'manual'
}

function labelOf(one: Concept, language: Language): string {
  return one.label[language] || one.label.de || one.label.en || one.concept
}
