import { describe, expect, it } from 'vitest'
import type { Ruling } from '../api/types'
import { PART } from './outbox'
import { Desk, FakeServer } from './outbox.fakes'

describe('the outbox', () => {
  it('sends in the order in which it was decided, and says at once what stands', async () => {
    const desk = new Desk(new FakeServer())
    for (const photo of ['p1', 'p2', 'p3']) desk.say(photo, 'accepted')
    expect(desk.line.verdict('p3', 'kirche')).toBe('accepted')
    expect(desk.line.left()).toBe(3)
    await desk.settled()
    expect(desk.server.log.map((one) => one.photo)).toEqual(['p1', 'p2', 'p3'])
    expect(desk.line.left()).toBe(0)
    expect(desk.store.length).toBe(0)
  })

  it('waits while the server is away, longer each time, and then sends all', async () => {
    const desk = new Desk(new FakeServer())
    desk.server.away = true
    desk.say('p1', 'accepted')
    desk.say('p2', 'rejected')
    await desk.settled()
    await desk.tick()
    expect(desk.pauses).toEqual([1_000, 2_000])
    expect(desk.line.pause).toBe('away')
    desk.server.away = false
    await desk.tick()
    expect(desk.server.log.map((one) => one.verdict)).toEqual(['accepted', 'rejected'])
    expect(desk.line.pause).toBe('')
  })

  it('goes on after the tab was closed, without writing twice what was under way', async () => {
    const server = new FakeServer()
    const first = new Desk(server)
    server.loses = 1
    first.say('p1', 'accepted')
    first.say('p2', 'accepted')
    await first.settled()
    expect(server.log).toHaveLength(1)
    const second = new Desk(server, first.store, 'b')
    expect(second.kept.others()).toEqual(['a'])
    second.line.take(second.kept.adopt('a'))
    expect(second.line.verdict('p1', 'kirche')).toBe('accepted')
    await second.settled()
    expect(server.log.map((one) => one.photo)).toEqual(['p1', 'p2'])
    expect(second.store.length).toBe(0)
  })

  it('takes back what was not sent without asking the server', async () => {
    const desk = new Desk(new FakeServer())
    desk.server.away = true
    desk.say('p1', 'accepted')
    desk.say('p2', 'accepted')
    await desk.settled()
    expect(desk.line.undo()).toMatchObject([{ photo: 'p2', concept: 'kirche' }])
    desk.server.away = false
    await desk.tick()
    expect(desk.server.log.map((one) => one.photo)).toEqual(['p1'])
    expect(desk.line.verdict('p2', 'kirche')).toBeUndefined()
  })

  it('takes back what was sent, also where the first answer was lost', async () => {
    const desk = new Desk(new FakeServer())
    desk.say('p1', 'accepted')
    await desk.settled()
    desk.server.loses = 1
    desk.say('p2', 'accepted')
    await desk.settled()
    desk.line.undo()
    expect(desk.line.verdict('p2', 'kirche')).toBeUndefined()
    await desk.tick()
    desk.line.undo()
    await desk.settled()
    expect(desk.server.stands('p1')).toBeUndefined()
    expect(desk.server.stands('p2')).toBeUndefined()
    expect(desk.line.newest).toBe('')
    expect(desk.line.told).toEqual([])
  })

  it('does not take back what somebody had decided before', async () => {
    const desk = new Desk(new FakeServer())
    desk.server.write('p1', 'accepted', 'erika')
    desk.say('p1', 'accepted')
    await desk.settled()
    desk.line.undo()
    await desk.settled()
    expect(desk.server.stands('p1')?.verdict).toBe('accepted')
  })

  it('tells what somebody else decided meanwhile; it can be overruled', async () => {
    const desk = new Desk(new FakeServer())
    desk.server.write('p1', 'rejected', 'anna')
    desk.say('p1', 'accepted', 0)
    await desk.settled()
    const [told] = desk.line.told
    expect(told).toMatchObject({ kind: 'conflict', theirs: { by: 'anna', verdict: 'rejected' } })
    expect(desk.line.verdict('p1', 'kirche')).toBe('rejected')
    expect(desk.kept.told()).toHaveLength(1)
    desk.line.settle(told!.id, true)
    await desk.settled()
    expect(desk.server.stands('p1')).toMatchObject({ by: 'erika', verdict: 'accepted' })
    expect(desk.line.verdict('p1', 'kirche')).toBe('accepted')
    expect(desk.store.length).toBe(0)
  })

  it('finds the one of many that is not possible, and writes the others', async () => {
    const desk = new Desk(new FakeServer())
    desk.server.refuses = (_path, { rulings }) =>
      rulings?.some((one) => one.photo === 'p3') ? 404 : 0
    const rulings = ['p1', 'p2', 'p3', 'p4', 'p5'].map((photo): Ruling => ({
      photo,
      concept: 'kirche',
      verdict: 'accepted',
    }))
    desk.line.decide(rulings)
    await desk.settled()
    expect(desk.server.log.map((one) => one.photo)).toEqual(['p1', 'p2', 'p4', 'p5'])
    expect(desk.line.told).toMatchObject([{ kind: 'failed', item: { rulings: [{ photo: 'p3' }] } }])
    expect(desk.line.verdict('p3', 'kirche')).toBeUndefined()
    desk.line.undo()
    await desk.settled()
    expect(desk.server.stands('p1') ?? desk.server.stands('p5')).toBeUndefined()
  })

  it('sends many in parts, and takes them back together', async () => {
    const desk = new Desk(new FakeServer())
    const rulings = Array.from({ length: PART * 2 + 1 }, (_, n): Ruling => ({
      photo: `p${n}`,
      concept: 'kirche',
      verdict: 'accepted',
    }))
    desk.line.decide(rulings)
    await desk.settled()
    expect(desk.server.asked).toEqual(['/review', '/review', '/review'])
    desk.line.undo()
    await desk.settled()
    expect(desk.server.stands('p0') ?? desk.server.stands(`p${PART * 2}`)).toBeUndefined()
  })

  it('waits until somebody has said who decides', async () => {
    const desk = new Desk(new FakeServer())
    desk.name = ''
    desk.say('p1', 'accepted')
    await desk.settled()
    expect([desk.line.pause, desk.server.asked.length]).toEqual(['nameless', 0])
    desk.name = 'erika'
    await desk.line.send(true)
    expect(desk.server.log[0]?.by).toBe('erika')
  })

  it("never sends somebody's decisions under another name unless told to", async () => {
    const desk = new Desk(new FakeServer())
    desk.server.refuses = () => (desk.signIns ? 0 : 401)
    desk.say('p1', 'accepted')
    await desk.settled()
    expect([desk.signIns, desk.line.pause]).toEqual([1, 'signed-out'])
    desk.name = 'bert'
    desk.bound = true
    await desk.line.send(true)
    expect(desk.server.log).toEqual([])
    expect(desk.line.foreign).toHaveLength(1)
    desk.line.claim(true)
    await desk.settled()
    expect(desk.server.log[0]?.by).toBe('bert')
  })

  it('holds in memory what the browser has no room for, and says so', async () => {
    const desk = new Desk(new FakeServer())
    desk.store.full = true
    desk.server.away = true
    desk.say('p1', 'accepted')
    await desk.settled()
    expect(desk.kept.inMemory).toBe(1)
    desk.server.away = false
    await desk.tick()
    expect(desk.kept.inMemory).toBe(0)
    expect(desk.server.log).toHaveLength(1)
  })
})
