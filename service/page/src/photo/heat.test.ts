import { expect, test } from 'vitest'
import { strengths, whereMost } from './heat'

function hot(row: number, column: number): number[][] {
  return Array.from({ length: 8 }, (_, y) =>
    Array.from({ length: 8 }, (_, x) => 1 / (1 + Math.hypot(y - row, x - column))),
  )
}

test.each([
  [0, 0, 'oben links', 'at the top left'],
  [0, 7, 'oben rechts', 'at the top right'],
  [7, 3, 'unten mittig', 'at the bottom centre'],
  [3, 0, 'in der Mitte links', 'in the middle left'],
  [3, 3, 'die Bildmitte', 'the centre'],
])('the strongest place is named', (row, column, german, english) => {
  expect(whereMost(hot(row, column), 'de')).toBe(`Am meisten spricht dafür: ${german}.`)
  expect(whereMost(hot(row, column), 'en')).toBe(`What speaks most for it: ${english}.`)
})

test('nothing is said to speak for it where nothing does', () => {
  const against = hot(0, 0).map((row) => row.map((one) => one - 2))
  expect(whereMost(against, 'de')).toMatch(/^Kein Teil/)
  expect(whereMost([], 'en')).toMatch(/^No part/)
})

test('an even picture has no strongest place', () => {
  const even = hot(0, 0).map((row, y) => row.map((_, x) => 1 + ((x + y) % 2)))
  expect(whereMost(even, 'de')).toMatch(/^Das ganze Bild/)
})

test('strengths reach from 0 to 1', () => {
  const found = strengths(hot(2, 2)).flat()
  expect([Math.min(...found), Math.max(...found)]).toEqual([0, 1])
  expect(strengths([[3, 3]])).toEqual([[0.5, 0.5]])
})
