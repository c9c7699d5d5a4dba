/** What fields and their values are called where pictures are counted by them. */

import { language, type InBoth } from '../language/language.svelte'

const VALUES: InBoth<Record<string, string>> = {
  de: {
    'black-and-white': 'schwarzweiß',
    toned: 'getönt',
    colour: 'farbig',
    'kind-of-picture': 'Art des Bildes',
    'named-place': 'Benannte Orte',
    'place-type': 'Arten von Orten',
    work: 'Arbeit',
    transport: 'Verkehr',
    events: 'Ereignisse',
    'war-reconstruction': 'Krieg und Wiederaufbau',
    'technique-condition': 'Technik und Zustand',
    nature: 'Natur',
    people: 'Menschen',
    'sports-leisure': 'Sport und Freizeit',
    'public-life': 'Öffentliches Leben',
    trade: 'Handel',
  },
  en: {
    'black-and-white': 'black and white',
    toned: 'toned',
    colour: 'colour',
    'kind-of-picture': 'Kind of picture',
    'named-place': 'Named places',
    'place-type': 'Kinds of places',
    work: 'Work',
    transport: 'Transport',
    events: 'Events',
    'war-reconstruction': 'War and reconstruction',
    'technique-condition': 'Technique and condition',
    nature: 'Nature',
    people: 'People',
    'sports-leisure': 'Sports and leisure',
    'public-life': 'Public life',
    trade: 'Trade',
  },
}

const FORMATS: Record<string, string> = {
  jpeg: 'JPEG',
  tiff: 'TIFF',
  png: 'PNG',
  webp: 'WebP',
  jpeg2000: 'JPEG 2000',
  heif: 'HEIF',
  gif: 'GIF',
  bmp: 'BMP',
}

/** A colour, or a facet of the vocabulary; as it is where it has no other name. */
export function valueNamed(value: string): string {
  return VALUES[language.current][value] ?? value
}

/** A format as people write it. */
export function formatNamed(value: string): string {
  return FORMATS[value] ?? value.toUpperCase()
}

/** A decade, `1930..1939`, in words. */
export function decadeNamed(value: string): string {
  const begins = value.split('..')[0]!
  return language.current === 'de' ? `${begins}er Jahre` : `${begins}s`
}

/** The address of a search for a value of a field; what holds blanks goes between quotes. */
export function searchFor(field: string, value: string): string {
  const asked = /^[\w.-]+$/.test(value) ? value : `"${value.replaceAll('"', '')}"`
  return `/?q=${encodeURIComponent(`${field}:${asked}`)}`
}
