import { expect, test } from 'vitest'
import { inSight, readPlace, toMap, toWindow, whole, writtenPlace } from './place'

const size = { width: 800, height: 600 }

test('a place comes back out of its address', () => {
  const place = { x: 0.1234, y: -0.5, k: 12.5 }
  expect(readPlace(writtenPlace(place))).toEqual(place)
  expect(writtenPlace({ x: 0, y: 0, k: 1 })).toBe('0,0,1')
})

test('an address that says nothing sensible says nothing', () => {
  for (const at of [null, '', '1,2', '1,2,three', '1,2,0', '1,2,3,4', ',,', '1,,2'])
    expect(readPlace(at), String(at)).toBeUndefined()
  expect(readPlace('9,-9,1e9')).toEqual({ x: 2, y: -2, k: 4000 })
})

test('what is in the window is where it is on the map', () => {
  const place = { x: 0.2, y: 0.3, k: 7 }
  const [left, top] = toWindow(0.25, 0.31, place, size)
  const [x, y] = toMap(left, top, place, size)
  expect(x).toBeCloseTo(0.25)
  expect(y).toBeCloseTo(0.31)
  expect(toWindow(0.2, 0.4, place, size)[1]).toBeLessThan(300)
})

test('the whole of a box is in sight, and as near as can be', () => {
  const seen = inSight(whole([-0.5, 0, 0.5, 0.4], size), size)
  expect(seen.x0).toBeLessThanOrEqual(-0.5)
  expect(seen.x1).toBeGreaterThanOrEqual(0.5)
  expect(seen.x1 - seen.x0).toBeLessThan(1.2 * (8 / 6))
  expect(whole([0.1, 0.1, 0.1, 0.1], size)).toEqual({ x: 0.1, y: 0.1, k: 1 })
})
