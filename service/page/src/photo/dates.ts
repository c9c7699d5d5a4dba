/** Dates of records, which are EDTF (ISO 8601-2), as people read them. */

import type { Language } from '../language/language.svelte'

const WORDS = {
  de: {
    about: 'um',
    maybe: '(unsicher)',
    from: 'ab',
    until: 'bis',
    or: 'oder',
    and: 'und',
    seasons: ['Frühjahr', 'Sommer', 'Herbst', 'Winter'],
    decade: (year: string) => `${year}er Jahre`,
    century: (number: number) => `${number}. Jahrhundert`,
  },
  en: {
    about: 'about',
    maybe: '(uncertain)',
    from: 'from',
    until: 'until',
    or: 'or',
    and: 'and',
    seasons: ['spring', 'summer', 'autumn', 'winter'],
    decade: (year: string) => `${year}s`,
    century: (number: number) => `${number}${ordinal(number)} century`,
  },
}

/** Return a date in words; what is no EDTF is returned as it was written. */
export function dateInWords(edtf: string, language: Language): string {
  const text = edtf.trim()
  const words = WORDS[language]
  const set = /^([[{])(.+)[\]}]$/.exec(text)
  if (set) {
    const parts = set[2]!.split(',').map((part) => span(part.trim(), '..', language))
    if (parts.some((part) => part === undefined)) return edtf
    return joined(parts as string[], set[1] === '[' ? words.or : words.and)
  }
  const separator = text.includes('/') ? '/' : '..'
  return span(text, separator, language) ?? edtf
}

function span(text: string, separator: string, language: Language): string | undefined {
  const words = WORDS[language]
  const place = text.indexOf(separator)
  if (place < 0) return single(text, language)
  const [from, to] = [text.slice(0, place), text.slice(place + separator.length)]
  const [first, last] = [from, to].map((end) =>
    end === '' || end === '..' ? '' : single(end, language),
  )
  if (first === undefined || last === undefined || !(first || last)) return undefined
  if (!first) return `${words.until} ${last}`
  if (!last) return `${words.from} ${first}`
  return /^\d{4}$/.test(from) && /^\d{4}$/.test(to)
    ? `${from}–${to}`
    : `${first} ${language === 'de' ? 'bis' : 'to'} ${last}`
}

function single(text: string, language: Language): string | undefined {
  const [, plain = '', mark] = /^(.*?)([~?%]?)$/.exec(text)!
  const said = unmarked(plain, language)
  if (said === undefined) return undefined
  const words = WORDS[language]
  const about = mark === '~' || mark === '%' ? `${words.about} ${said}` : said
  return mark === '?' || mark === '%' ? `${about} ${words.maybe}` : about
}

function unmarked(text: string, language: Language): string | undefined {
  const words = WORDS[language]
  if (/^\d{4}$/.test(text)) return text
  const decade = /^(\d{3})X$/i.exec(text)
  if (decade) return words.decade(`${decade[1]}0`)
  const century = /^(\d{2})XX$/i.exec(text)
  if (century) return words.century(Number(century[1]) + 1)
  const parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text)
  if (!parts) return undefined
  const [year, month, day] = [parts[1]!, Number(parts[2]), Number(parts[3] ?? 0)]
  const season = words.seasons[month - 21]
  if (season && !day) return `${season} ${year}`
  if (month < 1 || month > 12 || day > 31) return undefined
  const moment = new Date(Date.UTC(2000, month - 1, day || 1))
  moment.setUTCFullYear(Number(year))
  return new Intl.DateTimeFormat(language === 'de' ? 'de-DE' : 'en-GB', {
    ...(day ? { day: 'numeric' } : {}),
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(moment)
}

function joined(parts: string[], word: string): string {
  const last = parts.at(-1)!
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} ${word} ${last}` : last
}

function ordinal(number: number): string {
  if (number % 100 > 10 && number % 100 < 14) return 'th'
  return { 1: 'st', 2: 'nd', 3: 'rd' }[number % 10] ?? 'th'
}
