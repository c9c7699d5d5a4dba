import { describe, expect, it } from 'vitest'
import type { Concept } from '../api/types'
import { folded, matching, offered } from './concepts'

function concept(id: string, de: string, en: string, photos = 0, sensitivity = 'none'): Concept {
  return {
    concept: id,
    uri: '',
    label: { de, en },
    broader: [],
    facet: 'work',
    mode: 'zero-shot',
    sensitivity,
    accepted: photos,
    suggested: 0,
  }
}

const ALL = [
  concept('bruecke', 'Brücke', 'bridge', 3),
  concept('eisenbahnbruecke', 'Eisenbahnbrücke', 'railway bridge', 9),
  concept('strasse', 'Straße', 'street'),
  concept('brueckentor', 'Tor an der Brücke', 'gate', 1),
  concept('tote', 'Tote', 'dead people', 5, 'review-first'),
]

describe('concepts', () => {
  it('are found by either spelling of an umlaut', () => {
    expect(folded('Straße')).toBe(folded('STRASSE'))
    expect(matching(ALL, 'bruecke').map((one) => one.concept)).toEqual(
      matching(ALL, 'Brücke').map((one) => one.concept),
    )
    expect(matching(ALL, 'strasse').map((one) => one.concept)).toEqual(['strasse'])
  })

  it('begin with what was typed before they only hold it', () => {
    expect(matching(ALL, 'brü').map((one) => one.concept)).toEqual([
      'bruecke',
      'brueckentor',
      'eisenbahnbruecke',
    ])
  })

  it('are found in the other language too', () => {
    expect(matching(ALL, 'railway').map((one) => one.concept)).toEqual(['eisenbahnbruecke'])
  })

  it('that ask for review first are not offered', () => {
    expect(matching(ALL, 'tote')).toEqual([])
    expect(offered(ALL)).toHaveLength(4)
  })
})
