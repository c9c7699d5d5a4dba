/** How one looks around on the map: by mouse, wheel, fingers, keys, or from an address. */

import { select } from 'd3-selection'
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomTransform } from 'd3-zoom'
import { FARTHEST, NEAREST, scaleAt, type Place, type Size } from './place'

const STILL = 200
/** How far from the middle of the map the middle of the window may be. */
const ROOM = 1.3
/** The share of a window that one press of an arrow key goes. */
const STEP = 0.15
const STEP_NEARER = 1.5

export class Look {
  place = $state.raw<Place>({ x: 0, y: 0, k: 1 })
  size = $state.raw<Size>({ width: 0, height: 0 })
  /** The place, once it has not changed for a moment; undefined before. */
  still = $state.raw<Place>()
  moving = $state(false)
  #timer = 0
  #stage: HTMLElement | undefined
  readonly #zoom = zoom<HTMLElement, unknown>()
    .scaleExtent([FARTHEST, NEAREST])
    .extent(() => [
      [0, 0],
      [this.size.width, this.size.height],
    ])
    .constrain((transform) => {
      const { x, y, k } = this.#placeOf(transform)
      return this.#transformOf({ x: clipped(x), y: clipped(y), k })
    })
    .on('zoom', ({ transform }: D3ZoomEvent<HTMLElement, unknown>) => {
      this.place = this.#placeOf(transform)
      this.#wait()
    })

  /** Listen to what is done on an element; `drags`: dragging moves the map, and draws nothing. */
  attach(stage: HTMLElement, drags: () => boolean): () => void {
    this.#stage = stage
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    this.#zoom.duration(calm ? 0 : 250).filter((event: MouseEvent) => {
      if (event.type === 'wheel') return true
      return drags() && !event.ctrlKey && !event.button
    })
    select(stage).call(this.#zoom)
    return () => {
      clearTimeout(this.#timer)
      select(stage).on('.zoom', null)
      this.#stage = undefined
    }
  }

  /** Look at a place. */
  goTo(place: Place): void {
    if (!this.#stage) return
    this.#zoom.transform(select(this.#stage), this.#transformOf(place))
  }

  /** The window has another size now; the middle and the scale stay. */
  resize(size: Size): void {
    this.size = size
    this.goTo(this.place)
  }

  /** Go by some steps; to the right and upwards are positive. */
  pan(right: number, up: number): void {
    const { x, y, k } = this.place
    const step = (STEP * Math.min(this.size.width, this.size.height)) / scaleAt(k, this.size)
    this.goTo({ x: clipped(x + right * step), y: clipped(y + up * step), k })
  }

  /** Go nearer by a step (1), or away by one (-1). */
  nearer(steps: number): void {
    if (this.#stage) this.#zoom.scaleBy(select(this.#stage), STEP_NEARER ** steps)
  }

  #wait(): void {
    clearTimeout(this.#timer)
    this.moving = true
    this.#timer = window.setTimeout(() => {
      this.moving = false
      this.still = this.place
    }, STILL)
  }

  // What d3 moves are the pixels that the map has at k = 1 with its middle in the window's.
  #transformOf({ x, y, k }: Place): ZoomTransform {
    const { width, height } = this.size
    const unit = scaleAt(1, this.size)
    const left = width / 2 - k * (width / 2 + x * unit)
    const top = height / 2 - k * (height / 2 - y * unit)
    return zoomIdentity.translate(left, top).scale(k)
  }

  #placeOf({ x, y, k }: ZoomTransform): Place {
    const { width, height } = this.size
    const unit = scaleAt(1, this.size) || 1
    return {
      x: ((width / 2 - x) / k - width / 2) / unit,
      y: (height / 2 - (height / 2 - y) / k) / unit,
      k,
    }
  }
}

function clipped(one: number): number {
  return Math.min(ROOM, Math.max(-ROOM, one))
}
