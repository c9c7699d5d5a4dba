/** The tags of a photo, by who says so and what was decided, also just now on this page. */

import type { Concept, Tag, TagStatus, Verdict } from '../api/types'

export interface Groups {
  accepted: Tag[]
  suggested: Tag[]
  /** Rejected by people, or withdrawn with the machine's run. */
  gone: Tag[]
}

/** Return tags as they stand with what `decided` says; `added` are those that people put on. */
export function grouped(
  tags: Tag[],
  added: Tag[],
  decided: (concept: string) => Verdict | undefined,
): Groups {
  const groups: Groups = { accepted: [], suggested: [], gone: [] }
  const known = new Set(tags.map((tag) => tag.concept))
  for (const tag of [...tags, ...added.filter((one) => !known.has(one.concept))]) {
    const status: TagStatus = decided(tag.concept) ?? tag.status
    const shown = { ...tag, status }
    if (status === 'accepted') groups.accepted.push(shown)
    else if (status === 'suggested') groups.suggested.push(shown)
    else if (status !== 'below') groups.gone.push(shown)
  }
  return groups
}

/** A tag that somebody puts on a photo, before the server has it. */
export function byHand(concept: Concept, scheme: string, version: string, by: string): Tag {
  return {
    concept: concept.concept,
    label: concept.label,
    status: 'accepted',
    origin: 'person',
    score: null,
    probability: null,
    run: null,
    model: null,
    generation: null,
    scheme,
    scheme_version: version,
    by,
    at: '',
  }
}
