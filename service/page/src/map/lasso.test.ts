import { expect, test } from 'vitest'
import { countWithin, encloses, within, withinBox } from './lasso'

const square = [0, 0, 1, 0, 1, 1, 0, 1]
const horseshoe = [0, 0, 3, 0, 3, 3, 2, 3, 2, 1, 1, 1, 1, 3, 0, 3]

test('what is inside is inside, whichever way round the line was drawn', () => {
  const back = [0, 1, 1, 1, 1, 0, 0, 0]
  for (const line of [square, back]) {
    expect(encloses(line, 0.5, 0.5)).toBe(true)
    for (const [x, y] of [
      [1.5, 0.5],
      [-0.5, 0.5],
      [0.5, 1.5],
      [0.5, -0.5],
    ])
      expect(encloses(line, x!, y!)).toBe(false)
  }
})

test('the bay of a horseshoe is outside', () => {
  const points = new Float32Array([0.5, 2, 1.5, 2, 2.5, 2, 1.5, 0.5])
  expect([...within(horseshoe, points)]).toEqual([0, 2, 3])
})

test('a line of less than three corners encloses nothing', () => {
  expect(within([0, 0, 1, 1], new Float32Array([0.5, 0.5]))).toHaveLength(0)
})

test('thousands of points are found by number and counted alike', () => {
  const many = new Float32Array(20_000).map((_, at) => ((at * 7919) % 10_007) / 5_000)
  const box = { x0: 0, y0: 0, x1: 1, y1: 1 }
  const found = withinBox(box, many)
  expect(found.length).toBeGreaterThan(1024)
  expect(countWithin(box, many)).toBe(found.length)
  expect([...within(square, many)].every((one) => found.includes(one))).toBe(true)
})
