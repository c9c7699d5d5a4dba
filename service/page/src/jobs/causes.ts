/**
 * Causes of failures, by their kind: the server tells them in English sentences with the file's name
 * in them; people look for all that are cut off, and read what to do in their language.
 */

import type { FailedFile } from '../api/types'
import { language, type InBoth } from '../language/language.svelte'

export type Kind =
  | 'gone'
  | 'forbidden'
  | 'drive'
  | 'empty'
  | 'foreign'
  | 'decoder'
  | 'large'
  | 'cut'
  | 'damaged'
  | 'other'

const MARKS: [RegExp, Kind][] = [
  [/ is cut off: /, 'cut'],
  [/ cannot be decoded as /, 'damaged'],
  [/ is empty\.$/, 'empty'],
  [/ does not begin like a picture/, 'foreign'],
  [/ has no decoder for that/, 'decoder'],
  [/ pixels, more than /, 'large'],
  [/ is not there\.$/, 'gone'],
  [/ may not be read by this account/, 'forbidden'],
  [/ cannot be read from its drive /, 'drive'],
]

const TOLD: InBoth<Record<Kind, [cause: string, advice: string]>> = {
  de: {
    gone: ['Datei nicht da', 'Prüfen, ob das Laufwerk verbunden ist und ob sie verschoben wurde.'],
    forbidden: [
      'Lesen nicht erlaubt',
      'Dem Konto, unter dem archive-ai läuft, das Lesen der Datei erlauben.',
    ],
    drive: ['Laufwerk liest nicht', 'Laufwerk oder Netzwerkverbindung prüfen.'],
    empty: ['Datei leer', 'Noch einmal vom Ursprung kopieren oder aus der Sicherung holen.'],
    foreign: [
      'Kein bekanntes Bild',
      'Mit einem anderen Programm prüfen: Ist es ein Bild, als TIFF oder JPEG speichern; sonst aus der Sicherung holen.',
    ],
    decoder: ['Bildart nicht lesbar', 'Eine Kopie als TIFF oder JPEG speichern und aufnehmen.'],
    large: ['Zu viele Bildpunkte', 'Eine kleinere Kopie speichern und aufnehmen.'],
    cut: ['Datei abgeschnitten', 'Noch einmal vom Ursprung kopieren oder aus der Sicherung holen.'],
    damaged: [
      'Datei beschädigt',
      'Mit einem anderen Programm öffnen: Gelingt es, eine Kopie als TIFF oder JPEG aufnehmen; sonst aus der Sicherung holen.',
    ],
    other: ['Anderes', ''],
  },
  en: {
    gone: ['File not there', 'Check that its drive is connected and that it was not moved.'],
    forbidden: ['Reading not allowed', 'Let the account that archive-ai runs under read the file.'],
    drive: ['Drive does not read', 'Check the drive or the network connection.'],
    empty: ['File empty', 'Copy it again from where it came from, or restore it from a backup.'],
    foreign: [
      'No known picture',
      'Check with another program: if it is a picture, save it as TIFF or JPEG; else restore it from a backup.',
    ],
    decoder: ['Kind of picture not readable', 'Save a copy as TIFF or JPEG and add that.'],
    large: ['Too many pixels', 'Save a smaller copy and add that.'],
    cut: ['File cut off', 'Copy it again from where it came from, or restore it from a backup.'],
    damaged: [
      'File damaged',
      'Open it with another program: if that works, add a copy as TIFF or JPEG; else restore it from a backup.',
    ],
    other: ['Something else', ''],
  },
}

/** Of which kind a failure is. */
export function kindOfCause(one: Pick<FailedFile, 'cause'>): Kind {
  return MARKS.find(([mark]) => mark.test(one.cause))?.[1] ?? 'other'
}

/** What a kind of failure is called, in a few words. */
export function causeOf(kind: Kind): string {
  return TOLD[language.current][kind][0]
}

/** What to do about a failure; where its kind is not known, what the server says. */
export function adviceOn(one: FailedFile): string {
  return TOLD[language.current][kindOfCause(one)][1] || one.advice
}

/** How many there are of each kind, the most frequent first. */
export function countedByKind(failures: FailedFile[]): [Kind, number][] {
  const counts = new Map<Kind, number>()
  for (const one of failures) {
    const kind = kindOfCause(one)
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
  }
  return [...counts].sort((one, other) => other[1] - one[1])
}
