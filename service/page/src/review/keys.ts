/** The keys of the review desk. */

import type { Shortcut } from '../parts/shortcuts.svelte'

export interface Doing {
  yes: () => void
  no: () => void
  skip: () => void
  undo: () => void
  allYes: () => void
  allNo: () => void
  large: () => void
  open: () => void
  /** Move by some places, or rows of the grid. */
  move: (steps: number, rows?: boolean) => void
}

export function keysOf(on: Doing): Shortcut[] {
  const yes = { de: 'ja, ist darauf', en: 'yes, it shows that' }
  return [
    { key: 'j', says: yes, run: on.yes },
    { key: 'Enter', shown: '↵', says: yes, run: on.yes },
    { key: 'n', says: { de: 'nein', en: 'no' }, run: on.no },
    {
      key: 's',
      says: { de: 'später: kommt am Ende wieder', en: 'later: comes again at the end' },
      run: on.skip,
    },
    { key: 'u', says: { de: 'zurücknehmen', en: 'undo' }, run: on.undo },
    {
      key: 'g',
      shown: 'G, ⇧G',
      says: {
        de: 'alle ähnlichen: ja; mit Umschalt: nein',
        en: 'all that look alike: yes; with Shift: no',
      },
      run: (event) => (event.shiftKey ? on.allNo() : on.allYes()),
    },
    { key: ' ', shown: '␣', says: { de: 'groß ansehen', en: 'see it large' }, run: on.large },
    { key: 'o', says: { de: 'in neuem Fenster öffnen', en: 'open in a new window' }, run: on.open },
    {
      key: 'ArrowRight',
      shown: '→',
      says: { de: 'nächstes Bild', en: 'next picture' },
      run: () => on.move(1),
    },
    {
      key: 'ArrowLeft',
      shown: '←',
      says: { de: 'voriges Bild', en: 'picture before' },
      run: () => on.move(-1),
    },
    {
      key: 'ArrowDown',
      shown: '↓',
      says: { de: 'eine Reihe tiefer', en: 'a row down' },
      run: () => on.move(1, true),
    },
    {
      key: 'ArrowUp',
      shown: '↑',
      says: { de: 'eine Reihe höher', en: 'a row up' },
      run: () => on.move(-1, true),
    },
  ]
}
