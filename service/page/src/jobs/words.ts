/** Jobs in words: what is to be done with what, where it stands, what came of it. */

import type { Job, JobState } from '../api/types'
import { language, number, type InBoth } from '../language/language.svelte'
import { vocabulary } from '../parts/vocabulary.svelte'

const KINDS: InBoth<Record<string, string>> = {
  de: {
    index: 'Ordner aufnehmen',
    tag: 'Begriffe vorschlagen',
    learn: 'Begriff lernen',
    map: 'Karte zeichnen',
    verify: 'Archiv prüfen',
  },
  en: {
    index: 'Add a folder',
    tag: 'Suggest concepts',
    learn: 'Learn a concept',
    map: 'Draw the map',
    verify: 'Check the archive',
  },
}

const STATES: InBoth<Record<JobState, string>> = {
  de: {
    queued: 'wartet',
    running: 'läuft',
    done: 'fertig',
    failed: 'gescheitert',
    stopped: 'angehalten',
    interrupted: 'unterbrochen',
  },
  en: {
    queued: 'waiting',
    running: 'running',
    done: 'done',
    failed: 'failed',
    stopped: 'stopped',
    interrupted: 'interrupted',
  },
}

/** Signs beside the words, so that colour is never the only difference. */
export const SIGNS: Record<JobState, string> = {
  queued: '…',
  running: '▶',
  done: '✓',
  failed: '✕',
  stopped: '■',
  interrupted: '!',
}

/** What a job does, as a heading. */
export function kindOf(job: Pick<Job, 'kind'>): string {
  return KINDS[language.current][job.kind] ?? job.kind
}

/** Where a job stands, in a word. */
export function stateOf(job: Job): string {
  return STATES[language.current][job.state]
}

/** What it is done with: folders, a concept, or all of them. */
export function subjectOf(job: Job): string[] {
  const say = {
    de: {
      all: 'alle Begriffe',
      collection: 'Sammlung',
      checksum: 'mit Prüfsummen',
      again: 'ganz neu',
    },
    en: {
      all: 'all concepts',
      collection: 'collection',
      checksum: 'with checksums',
      again: 'all anew',
    },
  }[language.current]
  const asked = job.arguments
  if (job.kind === 'index') {
    const paths = Array.isArray(asked.paths) ? asked.paths.map(String) : []
    const collection = textOf(asked.collection)
    return [
      ...paths,
      ...(collection ? [`${say.collection} ${quoted(collection)}`] : []),
      ...(asked.checksum ? [say.checksum] : []),
    ]
  }
  if (job.kind === 'tag' || job.kind === 'learn') {
    const concept = textOf(asked.concept)
    return [concept ? quoted(vocabulary.label(concept)) : say.all]
  }
  return asked.again ? [say.again] : []
}

/** How long something takes, roughly: "12 Sekunden", "3 Minuten", "1,5 Stunden". */
export function duration(seconds: number): string {
  const say = {
    de: [
      ['Sekunde', 'Sekunden'],
      ['Minute', 'Minuten'],
      ['Stunde', 'Stunden'],
    ],
    en: [
      ['second', 'seconds'],
      ['minute', 'minutes'],
      ['hour', 'hours'],
    ],
  }[language.current]
  const [amount, unit, digits] =
    seconds < 90
      ? [Math.max(1, Math.round(seconds)), 0, 0]
      : seconds < 5400
        ? [Math.round(seconds / 60), 1, 0]
        : [seconds / 3600, 2, 1]
  return `${number(amount, digits)} ${say[unit]![amount === 1 ? 0 : 1]}`
}

/** A name between the quotation marks of the reader's language. */
export function quoted(name: string): string {
  return language.current === 'de' ? `„${name}“` : `“${name}”`
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
