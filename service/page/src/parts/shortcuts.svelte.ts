/**
 * Keys that do something on a view. They are listed under `?`, and people who write by voice can
 * switch off those that are a single character (WCAG 2.1.4).
 */

import { untrack } from 'svelte'
import type { InBoth } from '../language/language.svelte'

export interface Shortcut {
  /** As `KeyboardEvent.key` has it; letters in lower case. */
  key: string
  /** As it is shown, where that is another: "←". */
  shown?: string
  says: InBoth<string>
  run: (event: KeyboardEvent) => void
}

const OFF = 'archive-ai.single-keys-off'

class Shortcuts {
  all = $state.raw<Shortcut[]>([])
  off = $state(localStorage.getItem(OFF) === 'true')

  /** Listen to some keys while a component lives: `$effect(() => shortcuts.add([…]))`. */
  add(some: Shortcut[]): () => void {
    // Untracked: who adds keys does not want to hear of those that others add.
    untrack(() => (this.all = [...this.all, ...some]))
    return () => untrack(() => (this.all = this.all.filter((one) => !some.includes(one))))
  }

  switchOff(off: boolean): void {
    this.off = off
    localStorage.setItem(OFF, String(off))
  }
}

export const shortcuts = new Shortcuts()

addEventListener('keydown', (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
  if (shortcuts.off && event.key.length === 1) return
  const at = event.target as HTMLElement
  if (at.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]'))
    return
  // On a button or a link these two are its own.
  if ((event.key === 'Enter' || event.key === ' ') && at.closest('a, button, summary')) return
  if (document.querySelector('dialog[open]')) return
  // The newest first: what lies on top of a view goes before the view.
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  const meant = shortcuts.all.findLast((one) => one.key === key)
  if (!meant) return
  event.preventDefault()
  meant.run(event)
})
