/** What a picture is called: on the page, and by those who cannot see it. */

import type { Pictured } from '../api/types'
import { labelled, language } from '../language/language.svelte'

/** Its title, else its signature, else its file's name, else nothing. */
export function nameOf(one: Pictured): string {
  return one.title || one.signature || fileName(one.path ?? '')
}

/** What a path ends with. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? ''
}

/** A picture in words: its name, its date, and what people, or else the machine, see on it. */
export function described(one: Pictured): string {
  const words = {
    de: { seen: 'zu sehen', guessed: 'vermutlich', nameless: 'Bild ohne Titel' },
    en: { seen: 'shows', guessed: 'probably', nameless: 'picture without a title' },
  }[language.current]
  const tags = one.tags ?? []
  const sure = tags.filter((tag) => tag.status === 'accepted')
  const shown = (sure.length ? sure : tags.filter((tag) => tag.status === 'suggested')).slice(0, 4)
  const labels = shown.map((tag) => labelled(tag.label, tag.concept)).join(', ')
  const said = labels ? `${sure.length ? words.seen : words.guessed}: ${labels}` : ''
  return [nameOf(one) || words.nameless, one.date ?? '', said].filter(Boolean).join('; ')
}
