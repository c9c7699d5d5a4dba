/**
 * A job as it goes on: told by server-sent events; where a stream cannot be had (a caller has at
 * most eight, and some web servers hold them back), asked for every few seconds.
 */

import { addressOf, get } from '../api/client'
import type { Job } from '../api/types'

const SECONDS_BETWEEN = 2

/** Whether nothing more comes of a job. */
export function ended(job: Job): boolean {
  return job.state !== 'queued' && job.state !== 'running'
}

/** Tell of every change of a job until it has ended; return what ends that before. */
export function follow(
  number: number,
  told: (job: Job) => void,
  failed: (error: unknown) => void,
): () => void {
  let over = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const stream = new EventSource(addressOf(`/jobs/${number}/events`))

  function stop(): void {
    over = true
    stream.close()
    clearTimeout(timer)
  }

  function tell(job: Job): void {
    if (over) return
    if (ended(job)) stop()
    told(job)
  }

  async function ask(): Promise<void> {
    try {
      const job = await get<Job>(`/jobs/${number}`)
      if (over) return
      tell(job)
    } catch (error) {
      if (!over) failed(error)
    }
    if (!over) timer = setTimeout(() => void ask(), SECONDS_BETWEEN * 1000)
  }

  stream.addEventListener('job', (event) => tell(JSON.parse(event.data as string) as Job))
  stream.addEventListener('error', () => {
    // A stream that was cut comes back by itself; one that was refused does not.
    if (!over && stream.readyState === EventSource.CLOSED && !timer) void ask()
  })
  return stop
}
