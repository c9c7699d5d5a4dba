import { expect, it } from 'vitest'
import type { WaitingConcept } from '../api/types'
import { sectionsOf } from './sections'

function waiting(concept: string, facet: string, mode = 'zero-shot'): WaitingConcept {
  return { concept, facet, mode, scheme: '', label: {}, waiting: 1, accepted: 0, rejected: 0 }
}

const ALL = [
  waiting('querformat', 'technique', 'measured'),
  waiting('bruecke', 'place'),
  waiting('schiff', 'transport'),
  waiting('kirche', 'place'),
]

it('lists what was measured last, and groups only if so wished', () => {
  const listed = (grouped: boolean) =>
    sectionsOf(ALL, grouped).map((one) => [
      one.facet,
      one.measured,
      ...one.concepts.map((concept) => concept.concept),
    ])
  expect(listed(false)).toEqual([
    ['', false, 'bruecke', 'schiff', 'kirche'],
    ['', true, 'querformat'],
  ])
  expect(listed(true)).toEqual([
    ['place', false, 'bruecke', 'kirche'],
    ['transport', false, 'schiff'],
    ['', true, 'querformat'],
  ])
  expect(sectionsOf(ALL.slice(1), false)).toHaveLength(1)
})
