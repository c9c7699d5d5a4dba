/** What the map says, in both languages. */

import { number, type InBoth } from '../language/language.svelte'

export const WORDS = {
  de: {
    place: 'Ausschnitt',
    nearer: 'Vergrößern',
    away: 'Verkleinern',
    whole: 'Ganze Karte',
    choosing: 'Auswählen',
    lasso: 'Gruppe umkreisen',
    all: 'Alles im Ausschnitt auswählen',
    draw: 'Mit gedrückter Taste oder dem Finger eine Linie um Punkte ziehen. Escape bricht ab.',
    chosen: (n: number) => (n === 1 ? '1 Bild ausgewählt' : `${number(n)} Bilder ausgewählt`),
    inSight: (n: number, all: number) => `${number(n)} von ${number(all)} Bildern im Ausschnitt`,
    view: 'Auswahl ansehen',
    clear: 'Aufheben',
    means:
      'Nah beieinander heißt: Das Modell findet die Bilder ähnlich. Wie weit entfernte Gruppen auseinander liegen und wo oben ist, bedeutet nichts.',
    drawn: (when: string) => `Gezeichnet am ${when}.`,
    unplaced: (n: string) => `Noch nicht auf der Karte: ${n}.`,
    stale:
      'Seit dem Zeichnen kamen viele Bilder dazu; sie wurden nur zwischen die alten gesetzt. Neu gezeichnet wird die Karte genauer.',
    noGraphics: 'Dieser Browser kann die Karte nicht zeichnen (WebGL fehlt oder ist abgeschaltet).',
    instead:
      'Die Bilder im Ausschnitt stehen unten als Liste; Plus, Minus und Pfeiltasten ändern ihn. Alle Bilder zeigt die',
    search: 'Suche',
  },
  en: {
    place: 'View',
    nearer: 'Zoom in',
    away: 'Zoom out',
    whole: 'Whole map',
    choosing: 'Choose',
    lasso: 'Draw around a group',
    all: 'Choose all in sight',
    draw: 'Hold the button, or a finger, and draw a line around points. Escape cancels.',
    chosen: (n: number) => (n === 1 ? '1 picture chosen' : `${number(n)} pictures chosen`),
    inSight: (n: number, all: number) => `${number(n)} of ${number(all)} pictures in sight`,
    view: 'Look at the selection',
    clear: 'Clear',
    means:
      'Near each other means: the model finds the pictures alike. How far distant groups lie apart, and which way is up, means nothing.',
    drawn: (when: string) => `Drawn ${when}.`,
    unplaced: (n: string) => `Not on the map yet: ${n}.`,
    stale:
      'Many pictures came since it was drawn; they were only put between the old ones. Drawn anew, the map is more exact.',
    noGraphics: 'This browser cannot draw the map (WebGL is missing or switched off).',
    instead:
      'The pictures in sight are listed below; plus, minus and arrow keys change which. For all pictures there is the',
    search: 'search',
  },
}

export const KEYS = {
  lasso: { de: 'eine Gruppe auf der Karte umkreisen', en: 'draw around a group on the map' },
  nearer: { de: 'Karte vergrößern', en: 'zoom in' },
  away: { de: 'Karte verkleinern', en: 'zoom out' },
  whole: { de: 'ganze Karte zeigen', en: 'show the whole map' },
  escape: { de: 'abbrechen, Auswahl aufheben', en: 'cancel, clear the selection' },
} satisfies Record<string, InBoth<string>>
