/**
 * What the API answers, as far as the page reads it.
 *
 * `contract.ts` holds these against the API's own description whenever the page is checked.
 */

export type * from './answers/common'
export type * from './answers/search'
export type * from './answers/vocabulary'
export type * from './answers/review'
export type * from './answers/photo'
export type * from './answers/map'
export type * from './answers/operation'
