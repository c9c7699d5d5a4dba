/** Concepts as people type them: found by a part of a label, or named in full. */

import type { Concept } from '../api/types'
import type { Language } from '../language/language.svelte'

/** What umlauts and ligatures are written as where a keyboard has none. */
const WRITTEN: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', œ: 'oe' }
const REVIEW_FIRST = 'review-first'
export const MOST = 60

/** Fold case, umlaut spellings and accents, so that both ways of writing a word are one. */
export function folded(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüßæœ]/g, (letter) => WRITTEN[letter]!)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .trim()
}

/** Concepts that may be worked with over the network: not those that ask for review first. */
export function offered(concepts: Concept[]): Concept[] {
  return concepts.filter((one) => one.sensitivity !== REVIEW_FIRST)
}

/**
 * Return at most `MOST` of the concepts whose German or English label holds what was typed, those
 * first that begin with it, then those where a word does, the more frequent first.
 */
export function matching(concepts: Concept[], typed: string): Concept[] {
  const wanted = folded(typed)
  const found: { concept: Concept; rank: number; photos: number }[] = []
  for (const concept of offered(concepts)) {
    const ranks = [concept.label.de, concept.label.en].map((label) => rankOf(label ?? '', wanted))
    const rank = Math.min(...ranks)
    const photos = concept.accepted + (concept.suggested ?? 0)
    if (rank < NOWHERE) found.push({ concept, rank, photos })
  }
  found.sort((one, other) => one.rank - other.rank || other.photos - one.photos)
  return found.slice(0, MOST).map((one) => one.concept)
}

const NOWHERE = 3

function rankOf(label: string, wanted: string): number {
  const text = folded(label)
  if (!text) return NOWHERE
  if (text.startsWith(wanted)) return 0
  const place = text.indexOf(wanted)
  if (place < 0) return NOWHERE
  return /[\s\-(/,]/.test(text[place - 1]!) ? 1 : 2
}

/** The names under which concepts are offered that the machine may be asked about, in order. */
export function namesOf(concepts: Concept[], language: Language): string[] {
  const asked = offered(concepts).filter(mayBeAsked)
  const labels = asked.map((one) => labelOf(one, language))
  const names = asked.map((one, place) => {
    const label = labels[place]!
    return labels.indexOf(label) === labels.lastIndexOf(label) ? label : `${label} (${one.concept})`
  })
  return names.sort((one, other) => one.localeCompare(other, language))
}

/**
 * Return the id of the concept that somebody named by its id, its label, or both; undefined where
 * there is none that the machine may be asked about, or more than one.
 */
export function conceptNamed(
  name: string,
  concepts: Concept[],
  language: Language,
): string | undefined {
  const wanted = folded(name)
  if (!wanted) return undefined
  const asked = offered(concepts).filter(mayBeAsked)
  const known = asked.find((one) => folded(one.concept) === wanted)
  if (known) return known.concept
  const found = asked.filter((one) => {
    const label = labelOf(one, language)
    return [label, `${label} (${one.concept})`].some((text) => folded(text) === wanted)
  })
  return found.length === 1 ? found[0]!.concept : undefined
}

// What people alone put on pictures is refused by the server.
function mayBeAsked(one: Concept): boolean {
  return one.mode !== 'manual'
}

function labelOf({ label, concept }: Concept, language: Language): string {
  return label[language] || label.de || label.en || concept
}

/** The facets of the starter vocabulary in words; another scheme's are shown as they are. */
export const FACETS: Record<'de' | 'en', Record<string, string>> = {
  de: {
    'kind-of-picture': 'Bildart',
    'place-type': 'Bauwerk und Ort',
    'named-place': 'Benannter Ort',
    transport: 'Verkehr',
    work: 'Arbeit',
    trade: 'Handel',
    events: 'Ereignis',
    'sports-leisure': 'Sport und Freizeit',
    'war-reconstruction': 'Krieg und Wiederaufbau',
    nature: 'Natur',
    people: 'Menschen',
    'public-life': 'Öffentlichkeit',
    'technique-condition': 'Technik und Zustand',
  },
  en: {
    'kind-of-picture': 'kind of picture',
    'place-type': 'building or place',
    'named-place': 'named place',
    transport: 'transport',
    work: 'work',
    trade: 'trade',
    events: 'event',
    'sports-leisure': 'sports and leisure',
    'war-reconstruction': 'war and reconstruction',
    nature: 'nature',
    people: 'people',
    'public-life': 'public life',
    'technique-condition': 'technique and condition',
  },
}
