/** A map as it was loaded: its points, their values, and the photos that were asked for so far. */

import { get, getBytes, post, Problem } from '../api/client'
import type { MapAnswer, MapLegendEntry, MapPhoto, MapPhotos, MapValuesAnswer } from '../api/types'

export interface Values {
  by: string
  legend: MapLegendEntry[]
  values: Uint8Array
}

/** The map is another one now; what was loaded of the old one means nothing any more. */
export class Changed extends Error {}

/** Photos of one request; the server takes ten times as many, but pictures wait for the answer. */
const AT_ONCE = 1000

export class LoadedMap {
  readonly #photos = new Map<number, MapPhoto>()

  constructor(
    readonly about: MapAnswer,
    readonly positions: Float32Array,
  ) {}

  /** Return the photo of a point, if it was asked for before. */
  known(point: number): MapPhoto | undefined {
    return this.#photos.get(point)
  }

  /** Return the photos of points in their order; raise Changed, Problem. */
  async photos(points: readonly number[], signal?: AbortSignal): Promise<MapPhoto[]> {
    const wanted = points.filter((one) => !this.#photos.has(one))
    for (let from = 0; from < wanted.length; from += AT_ONCE) {
      const body = { version: this.about.version, points: wanted.slice(from, from + AT_ONCE) }
      const { photos } = await unlessChanged(post<MapPhotos>('/map/photos', body, { signal }))
      for (const one of photos) this.#photos.set(one.point, one)
    }
    return points.map((one) => this.#photos.get(one)).filter((one) => one !== undefined)
  }

  /** Return by what points are coloured; raise Changed, Problem. */
  async values(by: string, signal?: AbortSignal): Promise<Values> {
    return this.take(await get<MapValuesAnswer>('/map/values', { query: { by }, signal }), by)
  }

  /** Read values that were asked for; raise Changed. */
  take(found: MapValuesAnswer, by: string): Values {
    const bytes = atob(found.values)
    const values = new Uint8Array(bytes.length)
    for (let at = 0; at < values.length; at++) values[at] = bytes.charCodeAt(at)
    if (found.version !== this.about.version || values.length !== this.about.points)
      throw new Changed()
    return { by, legend: found.legend, values }
  }
}

/** Load the map; undefined where none was drawn yet. Raises Problem. */
export async function loaded(signal: AbortSignal): Promise<LoadedMap | undefined> {
  // Both at once: the points are large. Where the map changed between them, once more.
  for (let attempt = 0; ; attempt++) {
    try {
      const [about, bytes] = await Promise.all([
        get<MapAnswer>('/map', { signal }),
        getBytes('/map/points', { signal }),
      ])
      if (bytes.byteLength === 8 * about.points) return new LoadedMap(about, floats(bytes))
    } catch (error) {
      if (error instanceof Problem && error.code === 'no-map') return undefined
      throw error
    }
    if (attempt === 2) throw new Changed()
  }
}

async function unlessChanged<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof Problem && error.code === 'map-changed') throw new Changed()
    throw error
  }
}

// The bytes are little-endian; so is every machine that has a browser today, but not by law.
function floats(bytes: ArrayBuffer): Float32Array {
  if (new Uint8Array(new Uint16Array([1]).buffer)[0]) return new Float32Array(bytes)
  const view = new DataView(bytes)
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, at) =>
    view.getFloat32(4 * at, true),
  )
}
