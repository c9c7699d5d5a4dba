import { describe, expect, it } from 'vitest'
import type { Concept } from '../api/types'
import { conceptNamed, namesOf } from './concepts'

function concept(id: string, de: string, others: Partial<Concept> = {}): Concept {
  return {
    concept: id,
    uri: '',
    label: { de, en: `${id} in English` },
    broader: [],
    facet: '',
    mode: 'zero-shot',
    sensitivity: 'none',
    accepted: 0,
    suggested: 0,
    ...others,
  }
}

const CONCEPTS = [
  concept('kirche', 'Kirche'),
  concept('bank-geld', 'Bank'),
  concept('bank-sitz', 'Bank'),
  concept('gewalt', 'Gewalt', { sensitivity: 'review-first' }),
  concept('bildart', 'Bildart', { mode: 'manual' }),
]

describe('concepts as people name them', () => {
  it('are offered by their labels, those of the same label with their ids', () => {
    expect(namesOf(CONCEPTS, 'de')).toEqual(['Bank (bank-geld)', 'Bank (bank-sitz)', 'Kirche'])
  })

  it('are found by label or id, whatever the case', () => {
    expect(conceptNamed(' kirche ', CONCEPTS, 'de')).toBe('kirche')
    expect(conceptNamed('KIRCHE IN ENGLISH', CONCEPTS, 'en')).toBe('kirche')
    expect(conceptNamed('Bank (bank-sitz)', CONCEPTS, 'de')).toBe('bank-sitz')
  })

  it('are not guessed', () => {
    expect(conceptNamed('Bank', CONCEPTS, 'de')).toBeUndefined()
    expect(conceptNamed('Gewalt', CONCEPTS, 'de')).toBeUndefined()
    expect(conceptNamed('', CONCEPTS, 'de')).toBeUndefined()
  })
})
