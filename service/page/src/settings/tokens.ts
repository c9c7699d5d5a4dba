/** Whether somebody can still sign in with a token. */

import type { Token } from '../api/types'

export type Standing = 'valid' | 'expired' | 'revoked'

/** Where a token stands at a moment, in milliseconds since 1970. */
export function standing(token: Token, now: number): Standing {
  if (token.revoked_at) return 'revoked'
  return token.expires_at && Date.parse(token.expires_at) <= now ? 'expired' : 'valid'
}
