/** What came of a job, in sentences; whatever else it says is shown as it is beside them. */

import type { Job } from '../api/types'
import { language, number } from '../language/language.svelte'
import { vocabulary } from '../parts/vocabulary.svelte'
import { duration, quoted } from './words'

export interface Outcome {
  lines: string[]
  /** Files that could not be used: their list is worth a look. */
  failures: boolean
  /** What the server says itself, in English. */
  verbatim: string
}

type Said = Record<string, unknown>

const WORDS = {
  de: {
    index: (n: (name: string) => string) => [
      `Neue Bilder: ${n('indexed')}; unveränderte Dateien: ${n('unchanged')}`,
      `Verschobene Dateien, die wiedergefunden wurden: ${n('moved')}`,
      `Dateien, die nicht mehr da sind: ${n('missing')}`,
      `Nicht verwendbare Dateien: ${n('failed')}`,
    ],
    took: (time: string) => `Dauer: ${time}`,
    tag: (n: (name: string) => string) =>
      `Vorschläge: ${n('suggestions')}; davon neu: ${n('new')}, wie zuvor: ${n('same')}; entfallen: ${n('gone')}`,
    heldBack: (count: string) =>
      `Begriffe, die sich zurückhielten, weil sie zu oft danebenlägen: ${count}`,
    learned: (name: string) => `${name} wurde gelernt und ist besser als zuvor: Er gilt ab jetzt`,
    notBetter: (name: string) =>
      `Das Gelernte wäre für ${name} nicht besser. Es bleibt alles, wie es war`,
    from: (yes: string, no: string) =>
      `Bilder, aus denen gelernt wurde: ${yes} zeigen es, ${no} nicht`,
    sound: (photos: string) => `Alles in Ordnung: ${photos} Bilder geprüft`,
    faults: (count: string) => `Gefundene Mängel: ${count}`,
    map: (photos: string) => `Bilder auf der Karte: ${photos}`,
    stopped: 'Angehalten. Was schon getan war, bleibt',
    interrupted: 'Unterbrochen, weil der Server endete. „Noch einmal“ macht dort weiter',
    failed: 'Gescheitert',
  },
  en: {
    index: (n: (name: string) => string) => [
      `New pictures: ${n('indexed')}; unchanged files: ${n('unchanged')}`,
      `Moved files that were found again: ${n('moved')}`,
      `Files that are not there any more: ${n('missing')}`,
      `Files that could not be used: ${n('failed')}`,
    ],
    took: (time: string) => `It took ${time}`,
    tag: (n: (name: string) => string) =>
      `Suggestions: ${n('suggestions')}; new: ${n('new')}, as before: ${n('same')}; gone: ${n('gone')}`,
    heldBack: (count: string) =>
      `Concepts that held themselves back, as they would be wrong too often: ${count}`,
    learned: (name: string) =>
      `${name} was learned and is better than before: it counts from now on`,
    notBetter: (name: string) =>
      `What was learned would be no better for ${name}. Everything stays as it was`,
    from: (yes: string, no: string) => `Pictures it was learned from: ${yes} show it, ${no} do not`,
    sound: (photos: string) => `All is well: ${photos} pictures checked`,
    faults: (count: string) => `Faults found: ${count}`,
    map: (photos: string) => `Pictures on the map: ${photos}`,
    stopped: 'Stopped. What was done already is kept',
    interrupted: 'Interrupted, as the server ended. “Once more” goes on from there',
    failed: 'Failed',
  },
}

/** Say what came of a job; without lines as long as nothing has. */
export function outcomeOf(job: Job): Outcome {
  const say = WORDS[language.current]
  const said = job.outcome ?? {}
  if (job.state === 'stopped') return plain([say.stopped])
  if (job.state === 'interrupted') return plain([say.interrupted])
  if (job.state === 'failed') {
    const error = part(said, 'error')
    return {
      ...plain([say.failed]),
      verbatim: [error.what, error.advice].filter(Boolean).join(' '),
    }
  }
  if (job.state !== 'done') return plain([])
  if (job.kind === 'index') return indexed(said)
  if (job.kind === 'tag') return plain(tagged(said))
  if (job.kind === 'learn') return plain(learned(said))
  if (job.kind === 'verify') return verified(said)
  if (job.kind === 'map' && count(said.photos)) return plain([say.map(number(count(said.photos)))])
  return plain([])
}

function indexed(said: Said): Outcome {
  const say = WORDS[language.current]
  const [first, ...others] = say.index((name) => number(count(said[name])))
  const shown = others.filter((_, place) => count(said[['moved', 'missing', 'failed'][place]!]))
  return {
    lines: [first!, ...shown, say.took(duration(count(said.seconds)))],
    failures: count(said.failed) > 0,
    verbatim: '',
  }
}

function tagged(said: Said): string[] {
  const say = WORDS[language.current]
  const all: Said = { ...part(said, 'difference'), suggestions: said.suggestions }
  const held = Array.isArray(said.held_back) ? said.held_back.length : 0
  return [
    say.tag((name) => number(count(all[name]))),
    ...(held ? [say.heldBack(number(held))] : []),
  ]
}

function learned(said: Said): string[] {
  const say = WORDS[language.current]
  const name = quoted(vocabulary.label(String(said.concept)))
  return [
    said.kept ? say.learned(name) : say.notBetter(name),
    say.from(number(count(said.accepted)), number(count(said.rejected))),
  ]
}

function verified(said: Said): Outcome {
  const say = WORDS[language.current]
  const problems = Array.isArray(said.problems) ? (said.problems as Said[]) : []
  if (said.ok) return plain([say.sound(number(count(part(said, 'checked').photos)))])
  return {
    ...plain([say.faults(number(problems.length))]),
    verbatim: problems.map((one) => String(one.what)).join(' '),
  }
}

function plain(lines: string[]): Outcome {
  return { lines, failures: false, verbatim: '' }
}

function part(said: Said, name: string): Said {
  return (said[name] ?? {}) as Said
}

function count(value: unknown): number {
  return typeof value === 'number' ? value : 0
}
