/** Who is signed in, what they may do, and under which name they decide. */

import { get, Problem, remove } from '../api/client'
import type { Role, SessionAnswer, StatusAnswer } from '../api/types'

const RANK: Record<Role, number> = { reader: 0, archivist: 1, admin: 2 }
const SIGNER = 'archive-ai.signer'

class Session {
  role = $state<Role>('reader')
  name = $state('')
  known = $state(false)
  institution = $state('')
  /** On the archive's own machine nobody signs in; whoever decides says who they are, once. */
  signer = $state(localStorage.getItem(SIGNER) ?? '')

  get archivist(): boolean {
    return RANK[this.role] >= RANK.archivist
  }

  get admin(): boolean {
    return RANK[this.role] >= RANK.admin
  }

  /** The name that decisions are written under; empty: somebody has to say it first. */
  get decides(): string {
    return this.name || this.signer
  }

  call(name: string): void {
    this.signer = name.trim()
    localStorage.setItem(SIGNER, this.signer)
  }

  /** Ask who is signed in; leads to the sign-in if nobody is. */
  async begin(): Promise<void> {
    try {
      const found = await get<SessionAnswer>('/session')
      this.role = found.role
      this.name = found.name
      this.known = true
      this.institution = (await get<StatusAnswer>('/status')).institution ?? ''
    } catch (error) {
      if (!signInIfNeeded(error)) throw error
    }
  }

  async end(): Promise<void> {
    await remove('/session')
    location.assign('/sign-in')
  }
}

export const session = new Session()

/** Lead to the sign-in, and back afterwards, if that is what a problem asks for. */
export function signInIfNeeded(error: unknown): boolean {
  if (!(error instanceof Problem) || error.status !== 401) return false
  const wayOn = location.pathname + location.search
  location.assign(`/sign-in?${new URLSearchParams({ way_on: wayOn })}`)
  return true
}
