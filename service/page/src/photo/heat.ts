/** What part of a picture speaks for a concept: from numbers to a sentence and to shades. */

import type { Language } from '../language/language.svelte'

const ROWS = {
  de: ['oben', 'in der Mitte', 'unten'],
  en: ['at the top', 'in the middle', 'at the bottom'],
}
const COLUMNS = { de: ['links', 'mittig', 'rechts'], en: ['left', 'centre', 'right'] }
/** The strongest part has to stand out from the whole by so much of the range. */
const STANDS_OUT = 0.15

/** Return the strength of each number from 0 (least) to 1 (most), row by row. */
export function strengths(heat: number[][]): number[][] {
  const all = heat.flat()
  const [least, most] = [Math.min(...all), Math.max(...all)]
  return heat.map((row) => row.map((one) => (most > least ? (one - least) / (most - least) : 0.5)))
}

/**
 * Say where a picture speaks most for a concept. `heat` is square, in log-odds: above 0 speaks for
 * it, below 0 against.
 */
export function whereMost(heat: number[][], language: Language): string {
  const german = language === 'de'
  const all = heat.flat()
  if (!all.length || Math.max(...all) <= 0)
    return german
      ? 'Kein Teil des Bildes spricht für sich genommen dafür.'
      : 'No part of the picture speaks for it by itself.'
  const thirds = ofThirds(heat)
  const best = thirds.reduce((one, other) => (other.mean > one.mean ? other : one))
  const whole = mean(all)
  if (best.mean - whole < STANDS_OUT * (Math.max(...all) - Math.min(...all)))
    return german
      ? 'Das ganze Bild spricht etwa gleich stark dafür.'
      : 'The whole picture speaks for it about equally.'
  return german
    ? `Am meisten spricht dafür: ${place(best, 'de')}.`
    : `What speaks most for it: ${place(best, 'en')}.`
}

interface Third {
  row: number
  column: number
  mean: number
}

function place({ row, column }: Third, language: Language): string {
  if (row === 1 && column === 1) return language === 'de' ? 'die Bildmitte' : 'the centre'
  return `${ROWS[language][row]} ${COLUMNS[language][column]}`
}

function ofThirds(heat: number[][]): Third[] {
  const size = heat.length
  const edge = (third: number) => Math.round((third * size) / 3)
  const places = [0, 1, 2].flatMap((row) => [0, 1, 2].map((column) => ({ row, column })))
  return places.map(({ row, column }) => {
    const rows = heat.slice(edge(row), edge(row + 1))
    const values = rows.flatMap((one) => one.slice(edge(column), edge(column + 1)))
    return { row, column, mean: mean(values) }
  })
}

function mean(values: number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length
}
