import { describe, expect, it } from 'vitest'
import { wayTo } from './folders'

describe('the way to a folder', () => {
  it('begins at the nearest root', () => {
    const way = wayTo('/scans/alt/F001', ['/scans', '/scans/alt', '/other'])
    expect(way.map((one) => one.path)).toEqual(['/scans/alt', '/scans/alt/F001'])
  })

  it('is none at the top, and none for a folder beside a root', () => {
    expect(wayTo('', ['/scans'])).toEqual([])
    expect(wayTo('/scans-old/a', ['/scans'])).toEqual([])
  })

  it('goes down from the top of a disk', () => {
    expect(wayTo('/scans', ['/']).map((one) => one.path)).toEqual(['/', '/scans'])
    expect(wayTo('D:\\a\\b', ['D:\\a']).map((one) => one.path)).toEqual(['D:\\a', 'D:\\a\\b'])
  })
})
