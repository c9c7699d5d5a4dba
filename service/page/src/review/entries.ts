/** What waits in the outbox, what came back of it, and what the outbox needs of the world. */

import type { Decided, Decision, Ruling } from '../api/types'
import type { Kept } from './kept'

/** Rulings that are sent together; a bulk of many is several of them, of one `batch`. */
export interface Sending {
  kind: 'decide'
  id: string
  /** What one undo takes back together. */
  batch: string
  /** Who decides; empty: nobody has said yet. */
  by: string
  scheme: string
  rulings: Ruling[]
  /** It was sent once at least, and may be with the server although no answer came. */
  tried: boolean
}

/** To take back what was sent. */
export interface TakingBack {
  kind: 'undo'
  id: string
  by: string
  /** The sending, and the server's number for it once that is known. */
  of: string
  number: number | null
  tried: boolean
}

export type Item = Sending | TakingBack

/** What came back of a sending and people have to know; kept until they have said so. */
export type Told =
  | { kind: 'conflict'; id: string; scheme: string; ruling: Ruling; theirs: Decision }
  | { kind: 'failed'; id: string; item: Item; code: string; detail: string }

/** A problem of the server's, or none at all (`status` 0). `wait`: seconds, if it said so. */
export interface Refusal {
  status: number
  code: string
  detail: string
  wait: number
}

export interface Ports {
  kept: Kept
  /** POST; throws what `refusal` understands. */
  post: (path: string, body: unknown) => Promise<Decided>
  /** The decisions on a photo, the oldest first. */
  decisions: (photo: string) => Promise<Decision[]>
  refusal: (error: unknown) => Refusal
  /** Run later, in milliseconds; returns how to call that off. */
  later: (run: () => void, milliseconds: number) => () => void
  /** Who decides here: a name once it is known; `bound` if the server will take no other. */
  signer: () => { name: string; bound: boolean }
  /** Nobody is signed in any more. */
  signIn: () => void
  /** Something here is not as it was. */
  changed: () => void
}

/** Why nothing is being sent although something waits. */
export type Pause = '' | 'away' | 'nameless' | 'signed-out'

/** Whether asking again may help: nobody answered, or too many asked, or the server is ill. */
export function mayPass(status: number): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500
}

/** The server's number of a sending whose answer was lost; 0 if it was never written. */
export async function numberOf({ by, rulings }: Sending, ports: Ports): Promise<number> {
  const first = rulings[0]!
  const all = await ports.decisions(first.photo)
  const own = all.findLast(
    (one) => one.by === by && one.concept === first.concept && one.verdict === first.verdict,
  )
  return own?.batch ?? 0
}
