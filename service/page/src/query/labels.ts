/** What fields and values of a query are called for people. */

import type { InBoth, Language } from '../language/language.svelte'
import type { Kind, Part } from './parts'

const FIELDS: InBoth<Partial<Record<Kind, string>>> = {
  de: {
    phrase: 'Wortlaut',
    signatur: 'Signatur',
    ort: 'Ort',
    tag: 'Begriff',
    jahr: 'Jahr',
    sammlung: 'Sammlung',
    art: 'Art',
    farbe: 'Farbe',
    format: 'Dateiformat',
    status: 'Stand der Begriffe',
    sichtbarkeit: 'Sichtbarkeit',
    unknown: 'Nicht verstanden',
  },
  en: {
    phrase: 'Exact words',
    signatur: 'Signature',
    ort: 'Place',
    tag: 'Concept',
    jahr: 'Year',
    sammlung: 'Collection',
    art: 'Kind',
    farbe: 'Colour',
    format: 'File format',
    status: 'State of concepts',
    sichtbarkeit: 'Visibility',
    unknown: 'Not understood',
  },
}

const COLOURS: Record<string, string> = {
  schwarzweiß: 'black-and-white',
  schwarzweiss: 'black-and-white',
  sw: 'black-and-white',
  bw: 'black-and-white',
  getönt: 'toned',
  getoent: 'toned',
  bunt: 'colour',
  farbig: 'colour',
  farbe: 'colour',
  color: 'colour',
}
const VALUES: InBoth<Record<string, string>> = {
  de: {
    'black-and-white': 'Schwarzweiß',
    toned: 'getönt',
    colour: 'bunt',
    open: 'offen',
    closed: 'gesperrt',
    accepted: 'bestätigt',
    suggested: 'vorgeschlagen',
    rejected: 'abgelehnt',
  },
  en: {
    'black-and-white': 'black and white',
    toned: 'toned',
    colour: 'colour',
    offen: 'open',
    gesperrt: 'closed',
    angenommen: 'accepted',
    bestätigt: 'accepted',
    vorgeschlagen: 'suggested',
    abgelehnt: 'rejected',
  },
}

export function fieldName(kind: Kind, language: Language): string {
  return FIELDS[language][kind] ?? ''
}

/** A value as people say it: 1930er for 1930..1939, bunt for colour. */
export function valueName(kind: Kind, value: string, language: Language): string {
  if (kind === 'jahr') return yearsName(value, language)
  if (kind === 'format') return value.toUpperCase()
  if (kind === 'farbe') return VALUES[language][normal(kind, value)] ?? value
  if (kind === 'status' || kind === 'sichtbarkeit')
    return VALUES[language][value.toLowerCase()] ?? value
  return value
}

/** Whether a part of a query is a value that stands beside the filters. */
export function means(part: Part, kind: Kind, value: string): boolean {
  return part.kind === kind && part.sign === 1 && normal(kind, part.text) === normal(kind, value)
}

function normal(kind: Kind, value: string): string {
  const low = value.toLowerCase()
  return kind === 'farbe' ? (COLOURS[low] ?? low) : low
}

function yearsName(value: string, language: Language): string {
  const range = /^(\d*)\.\.(\d*)$/.exec(value)
  if (!range) return value
  const [, first = '', last = ''] = range
  if (/^\d+0$/.test(first) && Number(last) === Number(first) + 9)
    return language === 'de' ? `${first}er` : `${first}s`
  if (!last) return language === 'de' ? `ab ${first}` : `from ${first}`
  if (!first) return language === 'de' ? `bis ${last}` : `until ${last}`
  return `${first}–${last}`
}
