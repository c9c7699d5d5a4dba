/** What a photo is called and what is written about it. */

import type { Duplicate, PhotoAnswer, PhotoRecord, Pictured } from '../api/types'

/** The first record that says a field: a table's go before what is embedded in the file. */
export function firstSaid(
  found: PhotoAnswer,
  field: 'title' | 'signature' | 'date' | 'description',
): string {
  return found.records.find((one) => one[field])?.[field] ?? ''
}

/** A photo as lists of pictures have it. */
export function pictured(found: PhotoAnswer): Pictured {
  return {
    photo: found.photo,
    width: found.width,
    height: found.height,
    title: firstSaid(found, 'title'),
    signature: firstSaid(found, 'signature'),
    date: firstSaid(found, 'date'),
    path: found.paths[0] ?? '',
    page: found.page,
    tags: found.tags,
  }
}

/** A duplicate as lists of pictures have it. */
export function picturedDuplicate({ photo, width, height, path, page }: Duplicate): Pictured {
  return { photo, width, height, path, page }
}

/** Fields of a record that have something to say, in the order in which people read them. */
export const FIELDS = [
  'title',
  'description',
  'signature',
  'date',
  'place',
  'kind',
  'rights',
] as const satisfies (keyof PhotoRecord)[]
