import { expect, test } from 'vitest'
import { withinBox } from './lasso'
import { few, indexedHere, nearest } from './spatial'

const many = new Float32Array(6000).map((_, at) => ((at * 7919) % 10_007) / 5003 - 1)
const index = indexedHere(many)

test('the points in a box are those that looking at all of them finds', () => {
  for (const box of [
    { x0: -0.1, y0: -0.2, x1: 0.3, y1: 0.1 },
    { x0: 0.5, y0: 0.5, x1: 0.6, y1: 0.9 },
    { x0: 3, y0: 3, x1: 4, y1: 4 },
  ]) {
    const found = few(index, box, 3000)!
    expect(found.sort((one, other) => one - other)).toEqual([...withinBox(box, many)])
  }
})

test('too many are none', () => {
  expect(few(index, { x0: -1, y0: -1, x1: 1, y1: 1 }, 150)).toBeUndefined()
})

test('the nearest point is found, unless it is too far', () => {
  const at = [many[40]! + 0.0001, many[41]!] as const
  expect(nearest(index, many, at, 0.01)).toBe(20)
  expect(nearest(index, many, [5, 5], 0.01)).toBeUndefined()
})
