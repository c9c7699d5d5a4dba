/** The API of archive-ai serve, as a browser that is signed in calls it. */

const API = '/api/v1'

/** A problem as RFC 9457 has it, or no answer at all (`status` 0, `code` "unreachable"). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly advice = '',
    /** Seconds after which it may be asked again, where the server says so. */
    readonly wait = 0,
  ) {
    super(detail)
  }
}

type Given = string | number | boolean | undefined
export interface Asking {
  query?: Record<string, Given>
  signal?: AbortSignal | undefined
}

/** GET a JSON document; raise Problem. `path` begins with a slash. */
export async function get<T>(path: string, asking: Asking = {}): Promise<T> {
  return (await (await call('GET', path, asking)).json()) as T
}

/** GET what is not JSON. */
export async function getBytes(path: string, asking: Asking = {}): Promise<ArrayBuffer> {
  return (await call('GET', path, asking)).arrayBuffer()
}

/** POST a JSON document, or a form; return the JSON that is answered. */
export async function post<T>(path: string, body: unknown, asking: Asking = {}): Promise<T> {
  return (await (await call('POST', path, asking, body)).json()) as T
}

/** DELETE something; return the JSON that is answered, or nothing. */
export async function remove<T = void>(path: string): Promise<T> {
  const answer = await call('DELETE', path, {})
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

/** The address of something in the API, to be put into a link or a picture. */
export function addressOf(path: string, query: Record<string, Given> = {}): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') given.set(name, String(value))
  return API + path + (given.size ? `?${given}` : '')
}

async function call(
  method: string,
  path: string,
  { query, signal }: Asking,
  body?: unknown,
): Promise<Response> {
  const asked: RequestInit = { method, credentials: 'same-origin' }
  if (signal) asked.signal = signal
  if (body instanceof FormData) asked.body = body
  else if (body !== undefined) {
    asked.body = JSON.stringify(body)
    asked.headers = { 'Content-Type': 'application/json' }
  }
  let answer: Response
  try {
    answer = await fetch(addressOf(path, query), asked)
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Problem(0, 'unreachable', 'The server does not answer.')
  }
  if (answer.ok) return answer
  throw await problemOf(answer)
}

async function problemOf(answer: Response): Promise<Problem> {
  const wait = Number(answer.headers.get('Retry-After')) || 0
  try {
    const said = (await answer.json()) as { code?: string; detail?: string; advice?: string }
    return new Problem(answer.status, said.code ?? '', said.detail ?? '', said.advice ?? '', wait)
  } catch {
    return new Problem(answer.status, '', answer.statusText, '', wait)
  }
}
