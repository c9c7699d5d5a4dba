/** Files that could not be used, all of them: an archive has few, and they are looked at by cause. */

import { get } from '../api/client'
import type { FailedFile, FailuresAnswer } from '../api/types'

const MOST = 20_000

/** Load the list, in parts; of more than `MOST` those that come first. */
export async function allFailures(): Promise<{ failures: FailedFile[]; total: number }> {
  const failures: FailedFile[] = []
  let cursor = ''
  let total = 0
  do {
    const answer = await get<FailuresAnswer>('/failures', { query: { cursor, limit: 1000 } })
    failures.push(...answer.failures)
    total = answer.total
    cursor = answer.cursor
  } while (cursor && failures.length < MOST)
  return { failures, total }
}
