/** Paper or dark: as the machine has it, until the reader turns it. */

const KEPT = 'archive-ai.scheme'
type Kind = 'light' | 'dark'

class Scheme {
  current = $state<Kind>(first())

  constructor() {
    this.#show()
  }

  turn(): void {
    this.current = this.current === 'light' ? 'dark' : 'light'
    localStorage.setItem(KEPT, this.current)
    this.#show()
  }

  #show(): void {
    document.documentElement.dataset.scheme = this.current
  }
}

function first(): Kind {
  const kept = localStorage.getItem(KEPT)
  if (kept === 'light' || kept === 'dark') return kept
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

export const scheme = new Scheme()
