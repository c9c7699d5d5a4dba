/** Which points lie within a line that was drawn around them, or within a box. */

import type { Box } from './place'

/** x and y of each corner, one after the other. */
export type Line = number[]

/**
 * Return the numbers of points within a closed line, ascending; where it crosses itself, what is
 * enclosed twice is outside. `positions`: x and y of each point.
 */
export function within(line: Line, positions: Float32Array): Uint32Array {
  if (line.length < 6) return new Uint32Array()
  const box = boxOf(line)
  return gathered(positions, (x, y) => inBox(box, x, y) && encloses(line, x, y))
}

/** Return the numbers of points within a box, ascending. */
export function withinBox(box: Box, positions: Float32Array): Uint32Array {
  return gathered(positions, (x, y) => inBox(box, x, y))
}

/** Count the points within a box. */
export function countWithin(box: Box, positions: Float32Array): number {
  let found = 0
  for (let at = 0; at < positions.length; at += 2)
    if (inBox(box, positions[at]!, positions[at + 1]!)) found += 1
  return found
}

/** Tell whether a line encloses a place (even-odd rule). */
export function encloses(line: Line, x: number, y: number): boolean {
  let inside = false
  let x0 = line[line.length - 2]!
  let y0 = line[line.length - 1]!
  for (let at = 0; at < line.length; at += 2) {
    const x1 = line[at]!
    const y1 = line[at + 1]!
    if (y0 > y !== y1 > y && x < ((x1 - x0) * (y - y0)) / (y1 - y0) + x0) inside = !inside
    x0 = x1
    y0 = y1
  }
  return inside
}

function inBox(box: Box, x: number, y: number): boolean {
  return x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1
}

function boxOf(line: Line): Box {
  const box = { x0: Infinity, y0: Infinity, x1: -Infinity, y1: -Infinity }
  for (let at = 0; at < line.length; at += 2) {
    box.x0 = Math.min(box.x0, line[at]!)
    box.x1 = Math.max(box.x1, line[at]!)
    box.y0 = Math.min(box.y0, line[at + 1]!)
    box.y1 = Math.max(box.y1, line[at + 1]!)
  }
  return box
}

// A growing typed array: a list of a million numbers would take several times the memory.
function gathered(positions: Float32Array, wanted: (x: number, y: number) => boolean): Uint32Array {
  let found = new Uint32Array(1024)
  let count = 0
  for (let at = 0; at < positions.length; at += 2) {
    if (!wanted(positions[at]!, positions[at + 1]!)) continue
    if (count === found.length) {
      const larger = new Uint32Array(2 * count)
      larger.set(found)
      found = larger
    }
    found[count++] = at / 2
  }
  return found.slice(0, count)
}
