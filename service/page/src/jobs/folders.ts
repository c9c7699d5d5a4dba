/** The way to a folder, from the root that it lies below. */

export interface Step {
  path: string
  name: string
}

/** Return root, folder, …, folder: where one can go back to. Separators are the machine's own. */
export function wayTo(path: string, roots: string[]): Step[] {
  const root = roots
    .filter((one) => path === one || isBelow(path, one))
    .sort((one, other) => other.length - one.length)[0]
  if (!path || root === undefined) return []
  const steps: Step[] = [{ path: root, name: root }]
  const separator = root.includes('\\') ? '\\' : '/'
  let there = root
  for (const name of path.slice(root.length).split(separator).filter(Boolean)) {
    there = there.endsWith(separator) ? there + name : there + separator + name
    steps.push({ path: there, name })
  }
  return steps
}

function isBelow(path: string, root: string): boolean {
  const before = /[\\/]$/.test(root) ? root.length : root.length + 1
  return path.startsWith(root) && (before === root.length || /[\\/]/.test(path[root.length]!))
}
