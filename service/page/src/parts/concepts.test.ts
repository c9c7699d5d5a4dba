import { describe, expect, it } from 'vitest'
import type { Concept } from '../api/types'
import { conceptNamed, folded, matching, namesOf, offered } from './concepts'

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

const NAMED = [
  concept('kirche', 'Kirche', 'church'),
  concept('bank-geld', 'Bank', 'bank'),
  concept('bank-sitz', 'Bank', 'bench'),
  concept('gewalt', 'Gewalt', 'violence', 0, 'review-first'),
  { ...concept('bildart', 'Bildart', 'kind of picture'), mode: 'manual' },
]

describe('concepts as people name them', () => {
  it('are offered by their labels, those of the same label with their ids', () => {
    expect(namesOf(NAMED, 'de')).toEqual(['Bank (bank-geld)', 'Bank (bank-sitz)', 'Kirche'])
  })

  it('are found by label or id, whatever the case', () => {
    expect(conceptNamed(' kirche ', NAMED, 'de')).toBe('kirche')
    expect(conceptNamed('CHURCH', NAMED, 'en')).toBe('kirche')
    expect(conceptNamed('Bank (bank-sitz)', NAMED, 'de')).toBe('bank-sitz')
  })

  it('are not guessed', () => {
    for (const name of ['Bank', 'Gewalt', 'Bildart', ''])
      expect(conceptNamed(name, NAMED, 'de')).toBeUndefined()
  })
})
