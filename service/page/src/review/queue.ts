/** Which of the photos on the desk belong together, and which comes next. */

import type { QueueRow } from '../api/types'

/** A cluster is not torn apart, unless it is larger than this. */
const LARGEST = 12

/** The rows around a place that are of its group and lie beside each other. */
export function clusterOf(rows: QueueRow[], place: number): QueueRow[] {
  const group = rows[place]?.group
  if (group === undefined) return []
  let first = place
  let after = place + 1
  while (first > 0 && rows[first - 1]!.group === group) first -= 1
  while (after < rows.length && rows[after]!.group === group) after += 1
  return rows.slice(first, after)
}

/** The place of the next row that is open, from the beginning again after the end; -1 if none is. */
export function nextOpen(
  rows: QueueRow[],
  place: number,
  isOpen: (row: QueueRow) => boolean,
): number {
  for (let step = 1; step <= rows.length; step++) {
    const there = (place + step) % rows.length
    if (isOpen(rows[there]!)) return there
  }
  return -1
}

/** Take about `count` rows from the beginning, and the rest of the last one's cluster. */
export function takenFrom(rows: QueueRow[], count: number): [QueueRow[], QueueRow[]] {
  let end = Math.min(count, rows.length)
  const group = rows[end - 1]?.group
  while (end < rows.length && end < count + LARGEST && rows[end]!.group === group) end += 1
  return [rows.slice(0, end), rows.slice(end)]
}
