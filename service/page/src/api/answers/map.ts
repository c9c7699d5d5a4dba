/** The map of the archive. */

import type { Language } from '../../language/language.svelte'
import type { Pictured } from './common'
/** The map as the caller may see it; `version` is another one whenever points have other numbers. */
export interface MapAnswer {
  points: number
  version: string
  generation: number
  drawn_at: string
  /** Share of points that the layout was not learned from. */
  placed: number
  unplaced: number
  /** Most points came after it was drawn: it is to be drawn anew. */
  stale: boolean
  /** x0, y0, x1, y1 */
  bounds: [number, number, number, number]
}

export interface MapLegendEntry {
  value: number
  label: Partial<Record<Language, string>>
  photos: number
}

export interface MapValuesAnswer {
  version: string
  legend: MapLegendEntry[]
  /** base64 of one byte a point: a value of the legend. */
  values: string
}

export interface MapPhoto extends Pictured {
  point: number
}

export interface MapPhotos {
  photos: MapPhoto[]
}
