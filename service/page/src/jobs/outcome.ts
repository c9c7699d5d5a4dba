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
      `${n('indexed')} Bilder neu aufgenommen, ${n('unchanged')} Dateien waren schon da`,
      `${n('moved')} Dateien wiedergefunden, die verschoben wurden`,
      `${n('missing')} Dateien sind nicht mehr da`,
      `${n('failed')} Dateien nicht verwendbar`,
    ],
    took: (time: string) => `Dauer: ${time}`,
    tag: (n: (name: string) => string) =>
      `${n('suggestions')} Vorschläge: ${n('new')} neu, ${n('same')} wie zuvor, ${n('gone')} entfallen`,
    heldBack: (count: string) => `${count} Begriffe hielten sich zurück: sie träfen zu oft daneben`,
    learned: (name: string) => `${name} wurde gelernt und ist besser als zuvor: Er gilt ab jetzt`,
    notBetter: (name: string) =>
      `Das Gelernte wäre für ${name} nicht besser. Es bleibt alles, wie es war`,
    from: (yes: string, no: string) =>
      `Gelernt aus ${yes} Bildern, die es zeigen, und ${no}, die es nicht zeigen`,
    sound: (photos: string) => `Alles in Ordnung: ${photos} Bilder geprüft`,
    faults: (count: string) => `${count} Mängel gefunden`,
    map: (photos: string) => `${photos} Bilder sind auf der Karte`,
    stopped: 'Angehalten. Was schon getan war, bleibt',
    interrupted: 'Unterbrochen, weil der Server endete. „Noch einmal“ macht dort weiter',
    failed: 'Gescheitert',
  },
  en: {
    index: (n: (name: string) => string) => [
      `${n('indexed')} pictures added, ${n('unchanged')} files were there already`,
      `${n('moved')} files found again that were moved`,
      `${n('missing')} files are not there any more`,
      `${n('failed')} files could not be used`,
    ],
    took: (time: string) => `It took ${time}`,
    tag: (n: (name: string) => string) =>
      `${n('suggestions')} suggestions: ${n('new')} new, ${n('same')} as before, ${n('gone')} gone`,
    heldBack: (count: string) =>
      `${count} concepts held themselves back: they would be wrong too often`,
    learned: (name: string) =>
      `${name} was learned and is better than before: it counts from now on`,
    notBetter: (name: string) =>
      `What was learned would be no better for ${name}. Everything stays as it was`,
    from: (yes: string, no: string) =>
      `Learned from ${yes} pictures that show it, and ${no} that do not`,
    sound: (photos: string) => `All is well: ${photos} pictures checked`,
    faults: (count: string) => `${count} faults found`,
    map: (photos: string) => `${photos} pictures are on the map`,
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
