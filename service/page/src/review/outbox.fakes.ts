/** For tests of the outbox: a server, a browser's store, and a desk whose timers are turned by hand. */

import type { Decided, Decision, Ruling, Verdict } from '../api/types'
import { Kept, type Store } from './kept'
import { Line } from './outbox'

/** A server that keeps decisions as the real one does, and can be away or lose an answer. */
export class FakeServer {
  log: Decision[] = []
  away = false
  loses = 0
  refuses: (path: string, body: Sent) => number = () => 0
  asked: string[] = []
  #batch = 0

  post = async (path: string, body: unknown): Promise<Decided> => {
    await Promise.resolve()
    this.asked.push(path)
    if (this.away) throw { status: 0, code: 'unreachable', detail: '', wait: 0 }
    const status = this.refuses(path, body as Sent)
    const code = status === 404 ? 'unknown-photo' : 'refused'
    if (status) throw { status, code, detail: 'refused', wait: 0 }
    const answer = path === '/review' ? this.#decide(body as Sent) : this.#undo(body as Sent)
    if (this.loses-- > 0) throw { status: 0, code: 'unreachable', detail: '', wait: 0 }
    return answer
  }

  decisions = async (photo: string): Promise<Decision[]> => {
    await Promise.resolve()
    return this.log.filter((one) => one.photo === photo)
  }

  stands(photo: string): Decision | undefined {
    const undone = new Set(this.log.map((one) => one.undoes))
    return this.log.findLast(
      (one) => one.photo === photo && one.undoes === null && !undone.has(one.number),
    )
  }

  write(
    photo: string,
    verdict: Verdict | 'undone',
    by: string,
    undoes: number | null = null,
  ): void {
    const number = this.log.length + 1
    const batch = this.#batch || number
    const rest = { origin: 'person', at: '', note: '', concept: 'kirche' }
    this.log.push({ number, photo, verdict, by, batch, undoes, ...rest })
  }

  #decide({ by, rulings }: Sent): Decided {
    const answer: Decided = { batch: 0, written: 0, unchanged: 0, conflicts: [] }
    this.#batch = this.log.length + 1
    for (const one of rulings) {
      const known = this.stands(one.photo)
      if (known && one.seen != null && one.seen !== known.number && known.verdict !== one.verdict)
        answer.conflicts.push(known)
      else if (known && known.verdict === one.verdict && known.by === by) answer.unchanged += 1
      else {
        this.write(one.photo, one.verdict, by)
        answer.batch = this.#batch
        answer.written += 1
      }
    }
    this.#batch = 0
    return answer
  }

  #undo({ by, batch }: Sent): Decided {
    const undone = new Set(this.log.map((one) => one.undoes))
    const found = this.log.filter((one) => one.batch === batch && !undone.has(one.number))
    if (!found.length) throw { status: 422, code: 'usage', detail: 'nothing to undo', wait: 0 }
    for (const one of found) this.write(one.photo, 'undone', by, one.number)
    return { batch: 1, written: found.length, unchanged: 0, conflicts: [] }
  }
}

interface Sent {
  by: string
  rulings: Ruling[]
  batch: number
}

export class FakeStore implements Store {
  entries = new Map<string, string>()
  full = false
  get length(): number {
    return this.entries.size
  }
  key = (place: number) => [...this.entries.keys()][place] ?? null
  getItem = (key: string) => this.entries.get(key) ?? null
  removeItem = (key: string) => void this.entries.delete(key)
  setItem = (key: string, value: string) => {
    if (this.full) throw new Error('QuotaExceededError')
    this.entries.set(key, value)
  }
}

export class Desk {
  timers: (() => void)[] = []
  pauses: number[] = []
  name = 'erika'
  bound = false
  signIns = 0
  kept: Kept
  line: Line

  constructor(
    readonly server: FakeServer,
    readonly store = new FakeStore(),
    tab = 'a',
    clock = 1,
  ) {
    this.kept = new Kept(store, tab, () => clock)
    this.line = new Line({
      kept: this.kept,
      post: server.post,
      decisions: server.decisions,
      refusal: (error) => error as never,
      later: (run, milliseconds) => {
        this.timers.push(run)
        this.pauses.push(milliseconds)
        return () => (this.timers = [])
      },
      signer: () => ({ name: this.name, bound: this.bound }),
      signIn: () => (this.signIns += 1),
      changed: () => {},
    })
  }

  /** Let everything happen that does not wait for a timer. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 100; turn++) await Promise.resolve()
  }

  async tick(): Promise<void> {
    this.timers.splice(0).forEach((run) => run())
    await this.settled()
  }

  say(photo: string, verdict: Verdict, seen: number | null = 0): string {
    return this.line.decide([{ photo, concept: 'kirche', verdict, seen }])
  }
}
