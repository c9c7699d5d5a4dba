import { expect, test } from 'vitest'
import { spread } from './spread'

const spots = [
  { point: 1, left: 0, top: 0 },
  { point: 2, left: 30, top: 10 },
  { point: 3, left: 200, top: 0 },
]

test('of two that overlap one is shown', () => {
  expect(spread(spots, new Set(), 90, 90).map((one) => one.point)).toEqual([1, 3])
})

test('what is shown already stays', () => {
  expect(spread(spots, new Set([2]), 90, 90).map((one) => one.point)).toEqual([2, 3])
})

test('the farther apart, the more are shown', () => {
  expect(spread(spots, new Set(), 20, 20)).toHaveLength(3)
})
