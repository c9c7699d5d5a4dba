/** What a problem of the API is called for people, in their language. */

import { Problem } from '../api/client'
import type { InBoth, Language } from '../language/language.svelte'

const BY_CODE: InBoth<Record<string, string>> = {
  de: {
    unreachable: 'Der Server antwortet nicht. Sobald er wieder da ist, geht es hier weiter.',
    'nothing-indexed': 'In diesem Archiv ist noch nichts erfasst, das durchsucht werden kann.',
    'unreadable-picture': 'Diese Datei ist kein Bild, das hier gelesen werden kann.',
    'unknown-photo': 'Dieses Bild gibt es in diesem Archiv nicht.',
    'unknown-concept': 'Diesen Begriff gibt es im Vokabular nicht.',
    'invalid-request': 'Die Anfrage ist unvollständig oder zu lang.',
    'too-large': 'Die Datei ist zu groß. Bitte eine kleinere Fassung verwenden.',
    'not-allowed': 'Dafür fehlt die Berechtigung.',
    'too-many-requests': 'Zu viele Anfragen in kurzer Zeit. Bitte etwas warten.',
    'archive-locked': 'Das Archiv wird gerade von einem anderen Vorgang beschrieben.',
    busy: 'Gerade werden zu viele Bilder untersucht. Bitte in einigen Sekunden noch einmal.',
    '': 'Das ging nicht.',
  },
  en: {
    unreachable: 'The server does not answer. As soon as it is back, this goes on.',
    'nothing-indexed': 'Nothing is indexed in this archive yet.',
    'unreadable-picture': 'This file is not a picture that can be read here.',
    'unknown-photo': 'This archive does not hold that picture.',
    'unknown-concept': 'The vocabulary has no such concept.',
    'invalid-request': 'The request is incomplete or too long.',
    'too-large': 'The file is too large. Please use a smaller copy.',
    'not-allowed': 'You may not do that here.',
    'too-many-requests': 'Too many requests in a short time. Please wait a little.',
    'archive-locked': 'Another process is writing to the archive.',
    busy: 'Too many pictures are being looked at just now. Please try again in some seconds.',
    '': 'That did not work.',
  },
}

/** A sentence for people, and the server's own words (English) where they say more. */
export function told(error: unknown, language: Language): { sentence: string; verbatim: string } {
  const known = BY_CODE[language]
  if (!(error instanceof Problem)) return { sentence: known['']!, verbatim: String(error) }
  const verbatim = `${error.detail} ${error.advice}`.trim()
  return { sentence: known[error.code] ?? known['']!, verbatim }
}
