/** Builds the index of a map's points beside the page, so that the page goes on meanwhile. */

import { indexedHere } from './spatial'

onmessage = ({ data }: MessageEvent<Float32Array>) => {
  const built = indexedHere(data).data as ArrayBuffer
  postMessage(built, { transfer: [built] })
}
