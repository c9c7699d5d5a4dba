import { describe, expect, it } from 'vitest'
import { Pace } from './pace'

describe('how fast long work goes', () => {
  it('is not told from one moment, nor from two that are close', () => {
    const pace = new Pace()
    pace.see(0, 0)
    expect(pace.rate).toBeUndefined()
    pace.see(50, 500)
    expect(pace.left(100)).toBeUndefined()
  })

  it('says things a second and the seconds that are left', () => {
    const pace = new Pace()
    pace.see(100, 0)
    pace.see(300, 10_000)
    expect(pace.rate).toBe(20)
    expect(pace.left(1300)).toBe(50)
    expect(pace.left(null)).toBeUndefined()
  })

  it('is that of the last minute', () => {
    const pace = new Pace()
    for (let second = 0; second <= 100; second++) pace.see(second, second * 1000)
    for (let second = 101; second <= 200; second++)
      pace.see(100 + 10 * (second - 100), second * 1000)
    expect(pace.rate).toBeCloseTo(10)
  })

  it('begins anew where something else is counted', () => {
    const pace = new Pace()
    pace.see(500, 0)
    pace.see(900, 10_000)
    pace.see(3, 11_000)
    expect(pace.rate).toBeUndefined()
    pace.see(23, 21_000)
    expect(pace.rate).toBe(2)
  })
})
