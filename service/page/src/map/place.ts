/**
 * Where one looks at the map: a middle, and how near. Points lie in -1 to 1; x goes right, y up.
 *
 * In an address it is `at=x,y,k`: the same place for everybody, whatever the size of their window.
 */

export interface Place {
  x: number
  y: number
  /** 1: all that a map can hold fits into the window. */
  k: number
}
export interface Size {
  width: number
  height: number
}
export interface Box {
  x0: number
  y0: number
  x1: number
  y1: number
}

export const FARTHEST = 0.5
export const NEAREST = 4000
const MARGIN = 0.94

/** How many CSS pixels one unit of the map takes. */
export function scaleAt(k: number, size: Size): number {
  return (Math.min(size.width, size.height) / 2) * MARGIN * k
}

/** Where a point of the map is in the window, in CSS pixels from its top left. */
export function toWindow(x: number, y: number, place: Place, size: Size): [number, number] {
  const scale = scaleAt(place.k, size)
  return [size.width / 2 + (x - place.x) * scale, size.height / 2 - (y - place.y) * scale]
}

/** Which point of the map is at a pixel of the window. */
export function toMap(left: number, top: number, place: Place, size: Size): [number, number] {
  const scale = scaleAt(place.k, size)
  return [place.x + (left - size.width / 2) / scale, place.y - (top - size.height / 2) / scale]
}

/** The part of the map that is in sight. */
export function inSight(place: Place, size: Size): Box {
  const [x0, y1] = toMap(0, 0, place, size)
  const [x1, y0] = toMap(size.width, size.height, place, size)
  return { x0, y0, x1, y1 }
}

/** The place from which all of a box is seen. */
export function whole(
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  size: Size,
): Place {
  const unit = scaleAt(1, size)
  const room = 2 * unit
  const across = Math.max((x1 - x0) * unit, (y1 - y0) * unit, 1)
  const fits = Math.min(size.width / ((x1 - x0) * unit || 1), size.height / ((y1 - y0) * unit || 1))
  const k = across < room / 50 ? 1 : Math.min(fits * MARGIN, room / across) || 1
  return { x: (x0 + x1) / 2, y: (y0 + y1) / 2, k: within(k) }
}

/** Read the `at` of an address; undefined where it has none that can be read. */
export function readPlace(at: string | null): Place | undefined {
  const [x, y, k, ...more] = (at ?? '').split(',').map((one) => (one.trim() ? Number(one) : NaN))
  if (more.length || ![x, y, k].every(Number.isFinite) || k! <= 0) return undefined
  const clipped = (one: number) => Math.min(2, Math.max(-2, one))
  return { x: clipped(x!), y: clipped(y!), k: within(k!) }
}

/** Write a place as short as it can be without being another one on the screen. */
export function writtenPlace({ x, y, k }: Place): string {
  const digits = Math.max(3, Math.ceil(Math.log10(k)) + 3)
  const short = (one: number, places: number) => String(Number(one.toFixed(places)))
  return [short(x, digits), short(y, digits), short(k, 2)].join(',')
}

function within(k: number): number {
  return Math.min(NEAREST, Math.max(FARTHEST, k))
}
