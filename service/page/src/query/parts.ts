/**
 * A query as it is typed, taken apart for people to see and change, and put together again.
 *
 * The text stays the truth: a part that nobody changes is written as it was typed, also where it
 * is not understood here. The grammar is that of `searching/parse.py`; `examples.json` holds both
 * to the same answers.
 */

export type Kind =
  | 'words'
  | 'phrase'
  | 'like'
  | 'signatur'
  | 'ort'
  | 'tag'
  | 'jahr'
  | 'sammlung'
  | 'art'
  | 'farbe'
  | 'format'
  | 'status'
  | 'sichtbarkeit'
  | 'unknown'

export interface Part {
  kind: Kind
  sign: 1 | -1
  weight: number
  /** The words, or the value after the field word, without quotes, minus and weight. */
  text: string
  /** As it is written in the query. */
  source: string
}

const FIELDS: Record<string, Kind> = {
  signatur: 'signatur',
  signature: 'signatur',
  ort: 'ort',
  place: 'ort',
  tag: 'tag',
  schlagwort: 'tag',
  jahr: 'jahr',
  year: 'jahr',
  sammlung: 'sammlung',
  collection: 'sammlung',
  art: 'art',
  kind: 'art',
  farbe: 'farbe',
  colour: 'farbe',
  color: 'farbe',
  format: 'format',
  status: 'status',
  sichtbarkeit: 'sichtbarkeit',
  visibility: 'sichtbarkeit',
  wie: 'like',
  like: 'like',
}
export const HEAVIEST = 10
const NOT_FILTERS: Kind[] = ['words', 'like', 'unknown']
const MINUS = /^[-−–]/
const TOKEN =
  /([-−–])?(?:([\p{L}\p{Nl}\p{No}]+):)?(?:"([^"]*)"|([^\s"]+)|(?<=:))(?:\^(\d+(?:\.\d+)?))?(?=\s|$)/uy
const WEIGHT = /\^(\d+(?:\.\d+)?)$/

/** Take a query apart. What cannot be read is one part of the kind `unknown`, to its end. */
export function partsOf(text: string): Part[] {
  const read = text.replace(/[„“”»«]/g, '"')
  const parts: Part[] = []
  let place = 0
  const even = (read.split('"').length - 1) % 2 === 0
  while (place < text.length) {
    if (/\s/.test(read[place]!)) {
      place += 1
      continue
    }
    TOKEN.lastIndex = place
    const found = even ? TOKEN.exec(read) : null
    if (!found) {
      add(parts, { kind: 'unknown', sign: 1, weight: 1, text: text.slice(place).trim() })
      break
    }
    add(parts, partOf(found), text.slice(place, place + found[0].length))
    place += found[0].length
  }
  return parts
}

/** Put parts together. */
export function written(parts: readonly Part[]): string {
  return parts.map((one) => one.source).join(' ')
}

/** Words that are typed freely, neither weighted nor a minus: neighbours are one part. */
export function isFree(part: Part): boolean {
  return part.kind === 'words' && part.source === part.text
}

/** Whether a part only narrows down what is found. */
export function isFilter(part: Part): boolean {
  return !NOT_FILTERS.includes(part.kind)
}

export function mayWeigh(part: Part): boolean {
  return part.kind === 'words' || part.kind === 'like'
}

export function mayTurn(part: Part): boolean {
  return mayWeigh(part) || part.kind === 'tag'
}

/** The part with another weight, above 0 and up to HEAVIEST. */
export function weighed(part: Part, weight: number): Part {
  return rewritten({ ...part, weight })
}

/** The part as a minus, or no longer as one. */
export function turned(part: Part): Part {
  return rewritten({ ...part, sign: part.sign === 1 ? -1 : 1 })
}

/** A part that is written anew; `text` is what stands after the field word. */
export function made(kind: Kind, text: string, sign: 1 | -1 = 1, weight = 1): Part {
  return rewritten({ kind, sign, weight, text, source: '' })
}

/** The query with a part added, unless it says so already. */
export function withPart(q: string, part: Part): string {
  const parts = partsOf(q)
  const there = parts.find(
    (one) => one.kind === part.kind && one.text === part.text && one.sign === part.sign,
  )
  if (there) return q
  // The same picture cannot be an example and its opposite.
  const others = parts.filter((one) => part.kind !== 'like' || !same(one, part))
  return written([...others, part])
}

/** The query without the part at a place. */
export function without(q: string, place: number): string {
  return written(partsOf(q).filter((_, one) => one !== place))
}

function same(one: Part, other: Part): boolean {
  return one.kind === other.kind && one.text === other.text
}

function add(parts: Part[], part: Omit<Part, 'source'>, source = part.text): void {
  const made = { ...part, source: isFreeToken(part, source) ? part.text : source }
  const last = parts.at(-1)
  if (last && isFree(last) && isFree(made)) {
    last.text += ` ${made.text}`
    last.source = last.text
  } else if (made.text || source) parts.push(made)
}

function isFreeToken(part: Omit<Part, 'source'>, source: string): boolean {
  return part.kind === 'words' && part.sign === 1 && part.text === source
}

function partOf(token: RegExpExecArray): Omit<Part, 'source'> {
  const [, minus, field, quoted, given = '', power] = token
  let bare = given
  let weight = power === undefined ? undefined : Number(power)
  const found = quoted === undefined && weight === undefined ? WEIGHT.exec(bare) : null
  if (found) {
    weight = Number(found[1])
    bare = bare.slice(0, found.index)
  }
  const text = (quoted ?? bare).split(/\s+/).filter(Boolean).join(' ')
  const sign = minus ? -1 : 1
  const part = { sign, weight: weight ?? 1, text } as const
  const kind = field === undefined ? undefined : FIELDS[field.toLowerCase()]
  if (weight !== undefined && !(weight > 0 && weight <= HEAVIEST))
    return { ...part, kind: 'unknown', weight: 1 }
  if (kind && text && (!minus || kind === 'tag' || kind === 'like')) return { ...part, kind }
  if (kind) return { ...part, kind: 'unknown' }
  // The end of a phrase, or an address: no field.
  if (field !== undefined && (!text || bare.startsWith('//')))
    return { ...part, kind: 'words', text: `${field}:${text}` }
  if (field !== undefined) return { ...part, kind: 'unknown' }
  if (quoted !== undefined && !minus && weight === undefined) return { ...part, kind: 'phrase' }
  return { ...part, kind: text ? 'words' : 'unknown' }
}

function rewritten(part: Part): Part {
  const minus = part.sign < 0 ? '-' : ''
  const power = part.weight === 1 ? '' : `^${Number(part.weight.toFixed(6))}`
  if (part.kind === 'phrase') return { ...part, source: `"${part.text}"` }
  if (part.kind !== 'words')
    return { ...part, source: `${minus}${part.kind}:${quoted(part.text)}${power}` }
  if (part.sign === 1 && part.weight === 1 && readsFree(part.text))
    return { ...part, source: part.text }
  if (part.sign === 1 && part.weight === 1) return { ...part, source: `"${part.text}"^1` }
  return { ...part, source: `${minus}${quoted(part.text)}${power}` }
}

function readsFree(text: string): boolean {
  return !/[:"^]/.test(text) && !text.split(' ').some((word) => MINUS.test(word))
}

function quoted(text: string): string {
  return /^[^\s"^:-][^\s"^:]*$/.test(text) ? text : `"${text.replaceAll('"', '')}"`
}
