import { describe, expect, it } from 'vitest'
import type { QueueRow } from '../api/types'
import { clusterOf, nextOpen, takenFrom } from './queue'

function rows(...groups: number[]): QueueRow[] {
  return groups.map((group, place) => ({
    photo: `p${place}`,
    path: '',
    page: 1,
    probability: 0.5,
    group,
    seen: 0,
    width: 3,
    height: 2,
  }))
}

describe('the desk', () => {
  it('keeps what looks alike together', () => {
    const some = rows(1, 2, 2, 2, 3)
    expect(clusterOf(some, 2).map((row) => row.photo)).toEqual(['p1', 'p2', 'p3'])
    expect(clusterOf(some, 4)).toHaveLength(1)
    expect(clusterOf([], 0)).toEqual([])
  })

  it('goes to the next that is open, and round to those left before', () => {
    const some = rows(1, 2, 3)
    expect(nextOpen(some, 1, () => true)).toBe(2)
    expect(nextOpen(some, 2, (row) => row.photo === 'p1')).toBe(1)
    expect(nextOpen(some, 0, () => false)).toBe(-1)
  })

  it('tears no cluster apart, unless it is very large', () => {
    expect(takenFrom(rows(1, 2, 2, 3), 2)[0]).toHaveLength(3)
    expect(takenFrom(rows(...Array<number>(40).fill(1)), 10)[0]).toHaveLength(22)
    expect(takenFrom(rows(1), 24)).toEqual([rows(1), []])
  })
})
