/** The large picture: OpenSeadragon on the archive's own IIIF image service. */

import type OpenSeadragon from 'openseadragon'
import { Problem } from '../api/client'
import type { Crop } from '../api/types'

const ITS_STYLE = 'data-openseadragon-mobile-css'

/** Show a photo in an element; raise Problem where there is no picture of it. */
export async function viewerOf(element: HTMLElement, photo: string): Promise<OpenSeadragon.Viewer> {
  const [{ default: openSeadragon }, service] = await Promise.all([
    import('openseadragon'),
    serviceOf(photo),
  ])
  keepStyleOut()
  keepLateTilesQuiet(openSeadragon)
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  return openSeadragon({
    element,
    tileSources: service,
    drawer: 'canvas',
    showNavigationControl: false,
    showNavigator: false,
    immediateRender: still,
    animationTime: still ? 0 : 0.6,
    visibilityRatio: 0.6,
    minZoomImageRatio: 0.9,
    maxZoomPixelRatio: 4,
    zoomPerClick: 1,
    gestureSettingsMouse: { dblClickToZoom: true, clickToZoom: false },
    gestureSettingsTouch: { pinchRotate: false },
  } as Parameters<typeof openSeadragon>[0])
}

/** Draw what the model saw around a picture that is `width` pixels wide; return what removes it. */
export function outlined(viewer: OpenSeadragon.Viewer, crop: Crop, width: number): () => void {
  const element = document.createElement('div')
  element.className = 'outline'
  const picture = viewer.world.getItemAt(0)
  const scale = picture.getContentSize().x / width
  const [left, top, across, down] = [crop.left, crop.top, crop.width, crop.height].map(
    (pixels) => pixels * scale,
  ) as [number, number, number, number]
  viewer.addOverlay(element, picture.imageToViewportRectangle(left, top, across, down))
  return () => {
    viewer.removeOverlay(element)
  }
}

/**
 * The image service, at the address that the page itself was opened at: a server that is called
 * by another name within its documents would be another origin.
 */
async function serviceOf(photo: string): Promise<object> {
  const address = `/iiif/image/${photo}`
  let answer: Response
  try {
    answer = await fetch(`${address}/info.json`, { credentials: 'same-origin' })
  } catch {
    throw new Problem(0, 'unreachable', 'The server does not answer.')
  }
  if (!answer.ok) throw new Problem(answer.status, '', answer.statusText)
  return { ...((await answer.json()) as object), id: address }
}

/**
 * OpenSeadragon puts a style sheet into the document unless it finds its own; the page's policy
 * allows none that is inline. It takes this element for it, which is no style sheet to browsers.
 */
function keepStyleOut(): void {
  if (document.querySelector(`style[${ITS_STYLE}]`)) return
  const stand = document.createElementNS('', 'style')
  stand.setAttribute(ITS_STYLE, '')
  document.head.append(stand)
}

/** A part of a picture that comes when one has gone on to the next is nothing to warn of. */
function keepLateTilesQuiet(openSeadragon: object): void {
  const quieter = Object.create(console) as Console
  quieter.warn = (...said: unknown[]) => {
    if (!String(said[0]).startsWith('Ignoring tile')) console.warn(...said)
  }
  Object.assign(openSeadragon, { console: quieter })
}
