/**
 * Where the page is: everything that can be cited or sent is in the address.
 *
 * Views read `address.path` and `address.query`, and go elsewhere by `go`. Links are plain `<a
 * href>`: clicks on those that lead to a view are followed without loading the page anew.
 */

const VIEWS = ['/', '/review', '/map', '/numbers', '/jobs', '/settings']

class Address {
  path = $state(location.pathname)
  query = $state(new URLSearchParams(location.search))
  /** Counts every change, also to the same address. */
  visit = $state(0)
}

export const address = new Address()

/** Places on pages that were left, by the key that their entry in the history has. */
const PLACES = 'archive-ai.places'
const MOST_PLACES = 50
let key = keyOf(history.state)
history.scrollRestoration = 'manual'

/** Show another view; with `replace` the present one is no longer behind the back button. */
export function go(href: string, { replace = false, keepPlace = false } = {}): void {
  const there = new URL(href, location.href)
  const shown = there.pathname + there.search + there.hash
  rememberPlace()
  if (replace) history.replaceState({ key, from: cameFrom() }, '', shown)
  else {
    key = newKey()
    history.pushState({ key, from: location.pathname + location.search }, '', shown)
  }
  arrive()
  if (!keepPlace && !replace) scrollTo(0, 0)
}

/** The address of a view with a query; what is empty is left out. */
export function to(path: string, query: Record<string, string | number | undefined> = {}): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== '') given.set(name, String(value))
  return given.size ? `${path}?${given}` : path
}

/** The address that lies behind the back button, if it is one of this page; else empty. */
export function cameFrom(): string {
  return (history.state as { from?: string } | null)?.from ?? ''
}

/** Where the reader was on this page before, in pixels from its top; views scroll there. */
export function placeBefore(): number {
  return places()[key] ?? 0
}

function rememberPlace(): void {
  const all = places()
  delete all[key]
  all[key] = Math.round(scrollY)
  const kept = Object.entries(all).slice(-MOST_PLACES)
  sessionStorage.setItem(PLACES, JSON.stringify(Object.fromEntries(kept)))
}

function places(): Record<string, number> {
  return JSON.parse(sessionStorage.getItem(PLACES) ?? '{}') as Record<string, number>
}

function keyOf(state: unknown): string {
  const known = (state as { key?: string } | null)?.key
  if (known) return known
  const made = newKey()
  history.replaceState({ key: made }, '')
  return made
}

function arrive(): void {
  address.path = location.pathname
  address.query = new URLSearchParams(location.search)
  address.visit += 1
}

function isView(there: URL): boolean {
  return (
    there.origin === location.origin &&
    (VIEWS.includes(there.pathname) || there.pathname.startsWith('/photo/'))
  )
}

addEventListener('popstate', (event) => {
  rememberPlace()
  key = keyOf(event.state)
  arrive()
})
addEventListener('pagehide', rememberPlace)
addEventListener('click', (event) => {
  const link = (event.target as Element).closest?.('a')
  if (!link || event.defaultPrevented || event.button !== 0 || link.target || link.download) return
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  const there = new URL(link.href)
  if (!isView(there) || link.getAttribute('href')?.startsWith('#')) return
  event.preventDefault()
  go(link.href)
})

// Not crypto.randomUUID: browsers have it over https only, and an office may have none.
function newKey(): string {
  return Math.random().toString(36).slice(2)
}
