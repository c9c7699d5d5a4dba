import { describe, expect, it } from 'vitest'
import type { Concept } from '../api/types'
import { grouped, type Wanted } from './coverage'

function concept(id: string, facet: string, accepted: number, suggested: number | null): Concept {
  const label = { de: id, en: id }
  return {
    concept: id,
    uri: '',
    label,
    broader: [],
    facet,
    mode: '',
    sensitivity: '',
    accepted,
    suggested,
  }
}

const CONCEPTS = [
  concept('Äcker', 'nature', 1, 0),
  concept('Zoo', 'nature', 0, 0),
  concept('Kirche', 'place', 5, 2),
  concept('Wald', 'nature', 2, 9),
  concept('Gewalt', 'events', 1, null),
]
const ALL: Wanted = { words: '', facet: '', bare: true, by: 'label', down: false }

function shown(wanted: Partial<Wanted>): string[][] {
  return grouped(CONCEPTS, { ...ALL, ...wanted }, 'de').map((group) => [
    group.facet,
    ...group.concepts.map((one) => one.concept),
  ])
}

describe('concepts with their numbers', () => {
  it('are grouped by facet, umlauts where people look for them', () => {
    expect(shown({})).toEqual([
      ['nature', 'Äcker', 'Wald', 'Zoo'],
      ['events', 'Gewalt'],
      ['place', 'Kirche'],
    ])
  })

  it('are sorted by numbers, what is not told last', () => {
    expect(shown({ by: 'suggested', down: true })).toEqual([
      ['nature', 'Wald', 'Äcker', 'Zoo'],
      ['place', 'Kirche'],
      ['events', 'Gewalt'],
    ])
  })

  it('are filtered by words, facet, and whether there are pictures', () => {
    expect(shown({ words: 'wal' })).toEqual([
      ['events', 'Gewalt'],
      ['nature', 'Wald'],
    ])
    expect(shown({ facet: 'nature', bare: false })).toEqual([['nature', 'Äcker', 'Wald']])
  })
})
