/**
 * Draws the points of a map with the graphics card: one draw call, and only when something has
 * changed. Positions are sent to the card once.
 *
 * A picture is begun when the one before is done, so that none waits behind others. Where drawing
 * is slow (no graphics card, a million points), only some of the points are drawn while one moves,
 * and in the first picture of all, which shall be there soon; as they are numbered by ids that are
 * hashes, the first ones are a fair sample.
 *
 * What is highlighted lies above the others, is larger and keeps its colour while these fade, so
 * that nobody needs to tell colours apart. Chosen points have a ring of ink.
 */

import {
  BufferAttribute,
  BufferGeometry,
  Color,
  OrthographicCamera,
  Points,
  Scene,
  ShaderMaterial,
  Sphere,
  WebGLRenderer,
} from 'three'
import { parts, type Colours } from './palette'
import { inSight, type Place, type Size } from './place'

/** Nothing is highlighted. */
export const NONE = -1

const MOST_COLOURS = 12
const SMALLEST = 1.6
const LARGEST = 15
/** How long drawing may take while one moves, in milliseconds, and how many points it then has. */
const LONGEST = 50
const FEWEST = 4000
/** How many points the very first picture has at most: nobody knows yet how slow drawing is. */
const AT_FIRST = 150_000
/** Where all points take more than so many times that long, they wait until one surely looks. */
const SLOW = 8
const CALM = 800

const VERTEX = /* glsl */ `
attribute float value;
attribute float chosen;
uniform vec3 palette[${MOST_COLOURS}];
uniform vec3 paper;
uniform float size;
uniform float highlighted;
varying vec3 colour;
varying float ring;
varying float diameter;

void main() {
  bool other = highlighted >= 0.0 && abs(value - highlighted) > 0.5;
  bool meant = highlighted >= 0.0 && !other;
  colour = palette[int(value + 0.5)];
  if (other) colour = mix(paper, colour, 0.22);
  ring = chosen;
  diameter = size * (meant ? 1.35 : 1.0) + (chosen > 0.5 ? 3.0 : 0.0);
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  gl_Position.z = chosen > 0.5 ? -0.6 : meant ? -0.3 : other ? 0.3 : 0.0;
  gl_PointSize = diameter;
}`

const FRAGMENT = /* glsl */ `
uniform vec3 ink;
uniform vec3 paper;
varying vec3 colour;
varying float ring;
varying float diameter;

void main() {
  float far = length(gl_PointCoord - 0.5) * diameter;
  float edge = diameter * 0.5;
  float covered = diameter < 3.0 ? 1.0 : clamp(edge - far + 0.5, 0.0, 1.0);
  if (covered <= 0.0) discard;
  vec3 shown = colour;
  float width = clamp(diameter * 0.18, 1.5, 3.0);
  if (ring > 0.5 && far > edge - width) shown = ink;
  else if (diameter > 7.0 && far > edge - 1.0) shown = mix(colour, paper, 0.5);
  gl_FragColor = vec4(shown, covered);
}`

/** Raised where there is no WebGL: an old browser, or a machine on which it is switched off. */
export class NoGraphics extends Error {}

export interface Told {
  /** Points are on the screen: all of them, or a sample. */
  drawn: (all: boolean) => void
  /** The browser took the graphics card away, or gave it back. */
  lost: (lost: boolean) => void
}

export class Cloud {
  readonly #renderer: WebGLRenderer
  readonly #material: ShaderMaterial
  readonly #geometry = new BufferGeometry()
  readonly #camera = new OrthographicCamera(-1, 1, 1, -1, -1, 1)
  readonly #scene = new Scene()
  readonly #count: number
  #size: Size = { width: 0, height: 0 }
  #place: Place = { x: 0, y: 0, k: 1 }
  #asked = 0
  #later = 0
  #lost = false
  /** Something has changed since it was drawn. */
  #stale = false
  #moving = false
  /** How many points are drawn while one moves. */
  #most: number
  #drawn = 0
  #begun = 0
  /** Passed when the graphics card has done what was asked of it. */
  #fence: WebGLSync | null = null
  readonly #context: WebGL2RenderingContext

  /** `positions`: x and y of each point. Raises NoGraphics. */
  constructor(
    canvas: HTMLCanvasElement,
    positions: Float32Array,
    private readonly told: Told,
  ) {
    const wanted = { alpha: true, antialias: false, powerPreference: 'low-power' } as const
    // Asked for here and not by three, which would write an error where there is none.
    const context = canvas.getContext('webgl2', wanted) as WebGL2RenderingContext | null
    if (!context) throw new NoGraphics()
    this.#renderer = new WebGLRenderer({ canvas, context, ...wanted })
    this.#renderer.setPixelRatio(Math.min(devicePixelRatio, 2))
    this.#renderer.setClearColor(0, 0)
    this.#context = context
    this.#count = positions.length / 2
    this.#most = Math.min(AT_FIRST, this.#count)
    this.#geometry.setAttribute('position', new BufferAttribute(positions, 2))
    // Known, and three would take positions of two numbers for ones of three.
    this.#geometry.boundingSphere = new Sphere(undefined, 2)
    for (const name of ['value', 'chosen'])
      this.#geometry.setAttribute(name, new BufferAttribute(new Uint8Array(this.#count), 1))
    this.#material = new ShaderMaterial({
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      transparent: true,
      uniforms: {
        palette: { value: Array.from({ length: MOST_COLOURS }, () => new Color()) },
        paper: { value: new Color() },
        ink: { value: new Color() },
        size: { value: 1 },
        highlighted: { value: NONE },
      },
    })
    const points = new Points(this.#geometry, this.#material)
    points.frustumCulled = false
    this.#scene.add(points)
    canvas.addEventListener('webglcontextlost', this.#wentAway)
    canvas.addEventListener('webglcontextrestored', this.#cameBack)
  }

  /** Look at a place in a window of some CSS pixels; `moving`: it will be another one at once. */
  look(place: Place, size: Size, moving: boolean): void {
    const same = place === this.#place && size === this.#size
    this.#moving = moving
    clearTimeout(this.#later)
    if (same && this.#drawn === this.#count) return
    if (same && !moving && this.#most * SLOW < this.#count) {
      this.#later = window.setTimeout(() => this.#ask(), CALM)
      return
    }
    if (size.width !== this.#size.width || size.height !== this.#size.height)
      this.#renderer.setSize(size.width, size.height, false)
    this.#size = size
    this.#place = place
    this.#ask()
  }

  /** Colour each point by a value below 12; undefined: all alike. */
  colour(values: Uint8Array | undefined): void {
    this.#write('value', (bytes) => (values ? bytes.set(values) : bytes.fill(0)))
  }

  /** Put a ring around points, by their numbers. */
  choose(points: Uint32Array): void {
    this.#write('chosen', (bytes) => {
      bytes.fill(0)
      for (const one of points) bytes[one] = 1
    })
  }

  /** Let one value stand out; NONE: none. */
  highlight(value: number): void {
    this.#uniform('highlighted').value = value
    this.#ask()
  }

  /** Draw with other colours. */
  paint(colours: Colours, paper: string, ink: string): void {
    const palette = this.#uniform('palette').value as Color[]
    for (const [value, colour] of palette.entries())
      set(colour, colours[value] ?? colours.at(-1) ?? ink)
    set(this.#uniform('paper').value as Color, paper)
    set(this.#uniform('ink').value as Color, ink)
    this.#ask()
  }

  end(): void {
    clearTimeout(this.#later)
    cancelAnimationFrame(this.#asked)
    const canvas = this.#renderer.domElement
    canvas.removeEventListener('webglcontextlost', this.#wentAway)
    canvas.removeEventListener('webglcontextrestored', this.#cameBack)
    this.#geometry.dispose()
    this.#material.dispose()
    this.#renderer.dispose()
  }

  #uniform(name: string): { value: unknown } {
    return this.#material.uniforms[name]!
  }

  #write(name: string, change: (bytes: Uint8Array) => void): void {
    const attribute = this.#geometry.getAttribute(name) as BufferAttribute
    change(attribute.array as Uint8Array)
    attribute.needsUpdate = true
    this.#ask()
  }

  #ask(): void {
    this.#stale = true
    this.#wake()
  }

  #wake(): void {
    if (!this.#lost && this.#size.width) this.#asked ||= requestAnimationFrame(this.#step)
  }

  #step = (): void => {
    this.#asked = 0
    if (this.#fence && !this.#done(this.#fence)) this.#wake()
    else if (this.#stale) this.#draw()
  }

  #done(fence: WebGLSync): boolean {
    const context = this.#context
    if (context.getSyncParameter(fence, context.SYNC_STATUS) !== context.SIGNALED) return false
    context.deleteSync(fence)
    this.#fence = null
    const fits = (this.#drawn / (performance.now() - this.#begun)) * LONGEST
    this.#most = Math.min(this.#count, Math.max(FEWEST, Math.round(fits)))
    this.told.drawn(this.#drawn === this.#count)
    // Nobody may ask again after the first picture.
    if (!this.#moving && !this.#stale) this.look(this.#place, this.#size, false)
    return true
  }

  #draw(): void {
    this.#stale = false
    this.#begun = performance.now()
    this.#drawn = this.#moving || !this.#drawn ? this.#most : this.#count
    this.#geometry.setDrawRange(0, this.#drawn)
    const { width, height } = this.#size
    const box = inSight(this.#place, this.#size)
    Object.assign(this.#camera, { left: box.x0, right: box.x1, bottom: box.y0, top: box.y1 })
    this.#camera.updateProjectionMatrix()
    const room = Math.sqrt(((width * height) / this.#count) * this.#place.k)
    const pixels = Math.min(LARGEST, Math.max(SMALLEST, room * 0.35))
    this.#uniform('size').value = pixels * this.#renderer.getPixelRatio()
    this.#renderer.render(this.#scene, this.#camera)
    this.#fence = this.#context.fenceSync(this.#context.SYNC_GPU_COMMANDS_COMPLETE, 0)
    this.#context.flush()
    this.#wake()
  }

  #wentAway = (): void => {
    this.#lost = true
    cancelAnimationFrame(this.#asked)
    this.#asked = 0
    this.#fence = null
    this.told.lost(true)
  }

  #cameBack = (): void => {
    this.#lost = false
    this.told.lost(false)
    this.#ask()
  }
}

// The colours are those of the style: not to be turned into linear light.
function set(colour: Color, to: string): void {
  colour.fromArray(parts(to))
}
