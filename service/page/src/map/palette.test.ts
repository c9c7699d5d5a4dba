import { expect, test } from 'vitest'
import { coloursOf, INK, PALETTE, PAPER, parts } from './palette'

function luminance(colour: string): number {
  const [red, green, blue] = parts(colour).map((one) =>
    one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

test.each(['light', 'dark'] as const)('every colour stands out from %s paper', (scheme) => {
  for (const by of ['', 'collection', 'tag:boat'])
    for (const colour of [...coloursOf(by, scheme), INK[scheme]])
      expect(contrast(colour, PAPER[scheme]), colour).toBeGreaterThanOrEqual(3)
  expect(new Set(PALETTE[scheme]).size).toBe(12)
})
