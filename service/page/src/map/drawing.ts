/** Follows a job until it has ended: by server-sent events, or by asking where these do not come. */

import { addressOf, get } from '../api/client'
import type { Job } from '../api/types'

const SECONDS_BETWEEN = 1.5
const ENDED = ['done', 'failed', 'stopped', 'interrupted']

/** Tell whether a job goes on no more. */
export function ended(job: Job): boolean {
  return ENDED.includes(job.state)
}

/** Call `told` with a job whenever it changes; return how to stop following it. */
export function follow(
  number: number,
  told: (job: Job) => void,
  failed: (error: unknown) => void,
): () => void {
  const events = new EventSource(addressOf(`/jobs/${number}/events`))
  let timer = 0
  let over = false
  const end = (): void => {
    over = true
    events.close()
    clearTimeout(timer)
  }
  const hear = (job: Job): void => {
    if (over) return
    if (ended(job)) end()
    told(job)
  }
  const ask = async (): Promise<void> => {
    try {
      hear(await get<Job>(`/jobs/${number}`))
    } catch (error) {
      if (!over) failed(error)
    }
    if (!over) timer = window.setTimeout(() => void ask(), SECONDS_BETWEEN * 1000)
  }
  events.addEventListener('job', (event) => hear(JSON.parse(event.data as string) as Job))
  events.addEventListener('error', () => {
    // A proxy may hold events back or end them; the browser comes back by itself unless refused.
    if (!over && events.readyState === EventSource.CLOSED && !timer) void ask()
  })
  return end
}
