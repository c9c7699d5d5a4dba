/** Where a tagging run stands. */

import type { Run } from '../api/types'

export type Standing = 'unwritten' | 'waits' | 'speaks' | 'withdrawn'

/** Return whether a run speaks, waits to be applied, was withdrawn, or is not written as a whole. */
export function standing(run: Run): Standing {
  if (run.withdrawn_at) return 'withdrawn'
  if (run.applied_at) return 'speaks'
  return run.written_at ? 'waits' : 'unwritten'
}
