/**
 * German or English: what the reader chose, else German.
 *
 * Each view has its words beside it, by language: `const say = $derived(words[language.current])`.
 */

export type Language = 'de' | 'en'
export type InBoth<Words> = Record<Language, Words>

const KEPT = 'archive-ai.language'

class Chosen {
  current = $state<Language>(first())

  choose(wanted: Language): void {
    this.current = wanted
    localStorage.setItem(KEPT, wanted)
  }
}

function first(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(KEPT)
  return asked === 'en' ? 'en' : 'de'
}

export const language = new Chosen()

/** A number as people write it: 12.345 or 12,345. */
export function number(value: number, digits = 0): string {
  return new Intl.NumberFormat(language.current, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value)
}

/** A share as a percentage: 92 % or 92%. */
export function percent(share: number, digits = 0): string {
  return new Intl.NumberFormat(language.current, {
    style: 'percent',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(share)
}

/** A moment, as ISO 8601 has it, in the reader's own time. */
export function moment(iso: string): string {
  return new Intl.DateTimeFormat(language.current, {
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(new Date(iso))
}

/** A label in the reader's language, else in the other one, else what is given instead. */
export function labelled(label: Partial<Record<Language, string | null>>, otherwise = ''): string {
  return label[language.current] || label.de || label.en || otherwise
}
