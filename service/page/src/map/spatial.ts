/** Finds points that are near a place, or in sight, without looking at all of them. */

import KDBush from 'kdbush'
import type { Box } from './place'

export type Index = KDBush

/** Build the index of points somewhere else than where the page lives; x and y of each. */
export function indexed(positions: Float32Array, signal: AbortSignal): Promise<Index> {
  return new Promise((found, failed) => {
    const worker = new Worker(new URL('./spatial.worker.ts', import.meta.url), { type: 'module' })
    const end = () => worker.terminate()
    signal.addEventListener('abort', end)
    worker.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
      found(KDBush.from(data))
      end()
    }
    worker.onerror = (event) => {
      failed(new Error(event.message || 'The index of the map was not built.'))
      end()
    }
    worker.postMessage(positions)
  })
}

/** Build the index here. */
export function indexedHere(positions: Float32Array): Index {
  const index = new KDBush(positions.length / 2, 64, Float32Array)
  for (let at = 0; at < positions.length; at += 2) index.add(positions[at]!, positions[at + 1]!)
  return index.finish()
}

/** Return the points within a box if they are at most so many, else undefined, early. */
export function few(index: Index, box: Box, most: number): number[] | undefined {
  const { ids, coords, nodeSize } = index
  const found: number[] = []
  const open: [left: number, right: number, axis: number][] = [[0, ids.length - 1, 0]]
  const take = (at: number): void => {
    const x = coords[2 * at]!
    const y = coords[2 * at + 1]!
    if (x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1) found.push(ids[at]!)
  }
  for (let node = open.pop(); node && found.length <= most; node = open.pop()) {
    const [left, right, axis] = node
    if (right - left <= nodeSize) {
      for (let at = left; at <= right; at++) take(at)
      continue
    }
    const middle = (left + right) >> 1
    take(middle)
    const here = coords[2 * middle + axis]!
    if ((axis ? box.y0 : box.x0) <= here) open.push([left, middle - 1, 1 - axis])
    if ((axis ? box.y1 : box.x1) >= here) open.push([middle + 1, right, 1 - axis])
  }
  return found.length <= most ? found : undefined
}

/** Return the point nearest to a place within a distance, if there is one. */
export function nearest(
  index: Index,
  positions: Float32Array,
  [x, y]: readonly [number, number],
  distance: number,
): number | undefined {
  let best: number | undefined
  let least = Infinity
  for (const one of index.within(x, y, distance)) {
    const far = Math.hypot(positions[2 * one]! - x, positions[2 * one + 1]! - y)
    if (far < least) [best, least] = [one, far]
  }
  return best
}
