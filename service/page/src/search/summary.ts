/** How many hits there are, said honestly. */

import type { SearchAnswer } from '../api/types'
import { language, number } from '../language/language.svelte'

const words = {
  de: {
    strong: ['sicherer Treffer', 'sichere Treffer'],
    weak: ['schwächerer', 'schwächere'],
    plain: ['Treffer', 'Treffer'],
    none: 'Nichts gefunden.',
    unsure: 'Nichts Sicheres gefunden',
    nearest: 'am nächsten kommen',
    weaker: ['ein schwächerer Treffer', 'schwächere Treffer'],
    chance: 'diese Bilder, die sich nicht vom Zufall abheben',
    out: ['Bild durch ein Minus weggelassen', 'Bilder durch ein Minus weggelassen'],
    inexact: 'Näherungsweise gesucht: einzelne Treffer können fehlen',
  },
  en: {
    strong: ['certain hit', 'certain hits'],
    weak: ['weaker one', 'weaker ones'],
    plain: ['hit', 'hits'],
    none: 'Nothing found.',
    unsure: 'Nothing certain found',
    nearest: 'nearest come',
    weaker: ['one weaker hit', 'weaker hits'],
    chance: 'these pictures, which do not stand out from chance',
    out: ['picture left out by a minus', 'pictures left out by a minus'],
    inexact: 'Searched by approximation: some hits may be missing',
  },
}

/** `filtered`: nothing but filters was asked, so that a hit is a hit. */
export function summary(answer: SearchAnswer, filtered: boolean): { main: string; more: string[] } {
  const say = words[language.current]
  const { total_strong: strong, total_weak: weak, total_below: below } = answer
  const counted = (count: number, names: string[]) =>
    `${number(count)} ${count === 1 ? names[0]! : names[1]!}`
  let main = say.none
  if (strong && filtered) main = counted(strong + weak, say.plain)
  else if (strong)
    main = [counted(strong, say.strong), weak ? counted(weak, say.weak) : '']
      .filter(Boolean)
      .join(', ')
  else if (weak)
    main = `${say.unsure}; ${say.nearest} ${weak === 1 ? say.weaker[0]! : counted(weak, say.weaker)}.`
  else if (below) main = `${say.unsure}; ${say.nearest} ${say.chance}.`
  const more = [
    answer.left_out ? counted(answer.left_out, say.out) : '',
    answer.exact ? '' : say.inexact,
  ]
  return { main, more: more.filter(Boolean) }
}
