/**
 * Twelve colours that can be told apart, also by people who see red and green, or blue and yellow,
 * alike; each stands out from the paper by 3:1 or more. The first ones differ most.
 */

export type Colours = readonly string[]
type Scheme = 'light' | 'dark'

export const PALETTE: Record<Scheme, Colours> = {
  light: [
    '#1d8ef3',
    '#640900',
    '#cd7562',
    '#213ca3',
    '#912f12',
    '#400348',
    '#795991',
    '#5c3853',
    '#a16114',
    '#2462d1',
    '#040681',
    '#9b80a8',
  ],
  dark: [
    '#7652cd',
    '#f5fb87',
    '#e76f15',
    '#42d9f0',
    '#924f6d',
    '#c13c09',
    '#9a8b7f',
    '#f4a80d',
    '#b1fbfc',
    '#9e9cff',
    '#d4cda1',
    '#5b87c1',
  ],
}

/** Of a concept: not tagged, suggested, accepted. What is not meant is quiet. */
export const OF_A_CONCEPT: Record<Scheme, Colours> = {
  light: ['#8d877b', '#c2410c', '#213ca3'],
  dark: ['#7d776c', '#f4a80d', '#42d9f0'],
}

/** Where nothing is asked for, all points have one colour. */
export const PLAIN: Record<Scheme, Colours> = { light: ['#1f5a60'], dark: ['#86c6cb'] }

/** The paper itself, and the ink that chosen points are drawn with; as the style has them. */
export const PAPER: Record<Scheme, string> = { light: '#fdfcf8', dark: '#141311' }
export const INK: Record<Scheme, string> = { light: '#22201c', dark: '#ece8df' }

/** The colours of what points are coloured by. */
export function coloursOf(by: string, scheme: Scheme): Colours {
  if (!by) return PLAIN[scheme]
  return by.startsWith('tag:') ? OF_A_CONCEPT[scheme] : PALETTE[scheme]
}

/** Red, green and blue of "#rrggbb", each 0 to 1. */
export function parts(colour: string): [number, number, number] {
  const whole = Number.parseInt(colour.slice(1), 16)
  return [(whole >> 16) / 255, ((whole >> 8) & 255) / 255, (whole & 255) / 255]
}
