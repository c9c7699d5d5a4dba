/** Jobs, folders, failures, models, tokens and tagging runs. */

import type { Role, StatusAnswer } from './common'
export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'stopped' | 'interrupted'

export interface Job {
  number: number
  kind: string
  arguments: Record<string, unknown>
  state: JobState
  progress: { done: number; total: number | null; failed: number }
  outcome: Record<string, unknown> | null
  by: string
  created_at: string
  started_at: string | null
  finished_at: string | null
}

export interface Jobs {
  jobs: Job[]
  cursor: string
}

export interface FailedFile {
  path: string
  /** From 1; 0: the whole file. */
  page: number
  cause: string
  advice: string
}

export interface FailuresAnswer {
  failures: FailedFile[]
  total: number
  cursor: string
}

export interface Folder {
  path: string
  /** Null: it cannot be read, or holds too much to count. */
  folders: number | null
  files: number | null
}

export interface FoldersAnswer {
  roots: string[]
  folders: Folder[]
  more: boolean
}

export interface CollectionsAnswer {
  collections: { collection: string; photos: number }[]
}

/** What archivists are told by the status. */
export interface FullStatus extends StatusAnswer {
  files: Record<'present' | 'missing' | 'failed', number>
  generation: { number: number; vectors: number; created_at: string } | null
  generations: number
  model: { name: string } | null
  /** The newest, those that have ended among them. */
  jobs: Job[]
}

export interface ModelsAnswer {
  models: {
    /** The reference it is chosen by, where there is no card. */
    name: string
    fingerprint: string | null
    card: Record<string, unknown> | null
    active: boolean
    installed: 'bundled' | 'folder' | 'open_clip' | null
    problem: string
  }[]
  generations: {
    number: number
    fingerprint: string
    model: string
    vectors: number
    active: boolean
    created_at: string
  }[]
}

export interface Token {
  name: string
  role: Role
  created_at: string
  created_by: string
  expires_at: string | null
  revoked_at: string | null
}

export interface TokensAnswer {
  tokens: Token[]
}

/** A token as it is told once. */
export interface MadeToken {
  name: string
  role: Role
  token: string
}

export interface Run {
  number: number
  generation: number
  fingerprint: string
  model: string
  scheme: string
  scheme_version: string
  /** The one that it was about; empty: all. */
  concept: string
  threshold: number
  started_at: string
  suggestions: number
  withdrawn_at: string | null
  /** Null: it was broken off, or is at work. */
  written_at: string | null
  applied_at: string | null
}

export interface RunsAnswer {
  runs: Run[]
}

export interface RunDifference {
  new: number
  gone: number
  same: number
}
