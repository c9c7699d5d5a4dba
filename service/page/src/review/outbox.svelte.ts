/** Decisions: applied on the page at once, sent behind; kept until the server has them. */

import type { Ruling, Verdict } from '../api/types'

class Outbox {
  /** Batches that the server does not have yet. */
  waiting = $state(0)

  /** Decide on photos, as one batch that can be taken back as one. */
  decide(_rulings: Ruling[], _scheme = ''): void {}

  /** Take the newest batch back. */
  undo(): void {}

  /** What was decided on this page about a concept on a photo, if anything was. */
  verdict(_photo: string, _concept: string): Verdict | undefined {
    return undefined
  }
}

export const outbox = new Outbox()
