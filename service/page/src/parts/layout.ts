/** Where each picture of a justified grid goes: rows of equal height, filled to both sides. */

import justifiedLayout from 'justified-layout'

export interface Box {
  top: number
  left: number
  width: number
  height: number
}
export interface Line {
  /** Before which picture the line stands. */
  before: number
  label: string
}
export interface Laid {
  boxes: Box[]
  /** Where each of the lines goes, in their order. */
  lines: { top: number; label: string }[]
  height: number
  /** Index of the first picture of each row, and the row's top. */
  rows: { first: number; top: number }[]
}

const NARROWEST = 0.45
const WIDEST = 3.2
export const LINE_HEIGHT = 64

/**
 * Lay pictures out by their ratios (width through height) in a given width, in CSS pixels.
 *
 * Each line starts a new row below it. Very narrow and very wide pictures are cut for the grid.
 * `below` each picture is kept free for what stands under it.
 */
export function laidOut(
  ratios: number[],
  lines: Line[],
  width: number,
  rowHeight: number,
  gap: number,
  below = 0,
): Laid {
  const laid: Laid = { boxes: [], lines: [], height: 0, rows: [] }
  const starts = [...new Set([0, ...lines.map((one) => one.before), ratios.length])]
  for (const [place, first] of starts.entries()) {
    const line = lines.find((one) => one.before === first)
    if (line) {
      laid.lines.push({ top: laid.height, label: line.label })
      laid.height += LINE_HEIGHT
    }
    const part = ratios.slice(first, starts[place + 1] ?? ratios.length)
    if (!part.length) continue
    addRows(laid, part.map(withinLimits), width, rowHeight, {
      horizontal: gap,
      vertical: gap + below,
    })
  }
  return laid
}

/** Return the pictures, from one up to before another, whose rows touch a stretch of the page. */
export function between(laid: Laid, top: number, bottom: number): [number, number] {
  const { rows, boxes } = laid
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (rows[middle]!.top < top) low = middle + 1
    else high = middle
  }
  const first = rows[Math.max(0, low - 1)]?.first ?? 0
  const after = rows.slice(low).find((row) => row.top > bottom)
  return [first, after?.first ?? boxes.length]
}

function addRows(
  laid: Laid,
  ratios: number[],
  width: number,
  rowHeight: number,
  spacing: { horizontal: number; vertical: number },
): void {
  const found = justifiedLayout(ratios, {
    containerWidth: width,
    containerPadding: 0,
    boxSpacing: spacing,
    targetRowHeight: rowHeight,
    targetRowHeightTolerance: 0.3,
  })
  const above = laid.height
  for (const box of found.boxes) {
    const top = box.top + above
    if (laid.rows.at(-1)?.top !== top) laid.rows.push({ first: laid.boxes.length, top })
    laid.boxes.push({ top, left: box.left, width: box.width, height: box.height })
  }
  laid.height += found.containerHeight + spacing.vertical
}

function withinLimits(ratio: number): number {
  return Math.min(WIDEST, Math.max(NARROWEST, ratio || 1))
}
