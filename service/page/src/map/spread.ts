/** Which of the pictures in sight can lie at their points without covering each other. */

export interface Spot {
  point: number
  /** The middle of the picture, in CSS pixels of the window. */
  left: number
  top: number
}

/**
 * Return those spots whose pictures, `width` by `height` CSS pixels, do not overlap; those of
 * `before` first, so that pictures stay where they are while one looks around.
 */
export function spread<One extends Spot>(
  spots: readonly One[],
  before: ReadonlySet<number>,
  width: number,
  height: number,
): One[] {
  const kept: One[] = []
  const stays = spots.filter((one) => before.has(one.point))
  const comes = spots.filter((one) => !before.has(one.point))
  for (const one of [...stays, ...comes])
    if (!kept.some((other) => near(one, other, width, height))) kept.push(one)
  return kept
}

function near(one: Spot, other: Spot, width: number, height: number): boolean {
  return Math.abs(one.left - other.left) < width && Math.abs(one.top - other.top) < height
}
