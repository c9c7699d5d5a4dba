import { expect, test, vi } from 'vitest'
import { dateInWords } from './dates'

vi.mock('../language/language.svelte', () => ({}))

test.each([
  ['1936', '1936', '1936'],
  ['1944-05-12', '12. Mai 1944', '12 May 1944'],
  ['1944-05', 'Mai 1944', 'May 1944'],
  ['1944-22', 'Sommer 1944', 'summer 1944'],
  ['1931~', 'um 1931', 'about 1931'],
  ['1931?', '1931 (unsicher)', '1931 (uncertain)'],
  ['1931%', 'um 1931 (unsicher)', 'about 1931 (uncertain)'],
  ['193X', '1930er Jahre', '1930s'],
  ['193X~', 'um 1930er Jahre', 'about 1930s'],
  ['18XX', '19. Jahrhundert', '19th century'],
  ['20XX', '21. Jahrhundert', '21st century'],
  ['1930/1950', '1930–1950', '1930–1950'],
  ['1930..1950', '1930–1950', '1930–1950'],
  ['1930~/1950', 'um 1930 bis 1950', 'about 1930 to 1950'],
  ['1944-05/1944-06', 'Mai 1944 bis Juni 1944', 'May 1944 to June 1944'],
  ['../1908', 'bis 1908', 'until 1908'],
  ['1946/..', 'ab 1946', 'from 1946'],
  ['1946/', 'ab 1946', 'from 1946'],
  ['[1944,1945]', '1944 oder 1945', '1944 or 1945'],
  ['{1944,1946..1948}', '1944 und 1946–1948', '1944 and 1946–1948'],
])('%s is read in both languages', (edtf, german, english) => {
  expect(dateInWords(edtf, 'de')).toBe(german)
  expect(dateInWords(edtf, 'en')).toBe(english)
})

test.each(['', '..', '/', '1944-13', 'vor dem Krieg', '<b>1944</b>', '[1944,bald]', '19/bald'])(
  '%s is left as it was written',
  (text) => {
    expect(dateInWords(text, 'de')).toBe(text)
  },
)

test('years before 100 keep their digits', () => {
  expect(dateInWords('0044-03-15', 'en')).toContain('15 March')
})
