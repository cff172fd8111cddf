import type { DueDoors } from '@guankou/contract/households/planning.ts'
import type { QuarantineBoard, QuarantineLine } from '@guankou/contract/quarantine/views.ts'
import type { WorklistLine } from '@guankou/contract/worklists/endpoints.ts'
import { describe, expect, it } from 'vitest'
import { countWork, dayOverMs, listsIn, overdueOf } from '#src/follow-up/overdue.ts'

const door = (householdId: string, dueBy: string, overdue: boolean): DueDoors['doors'][number] => ({
  householdId,
  jurisdiction: 440402,
  gridCellId: 101,
  tasks: ['rescreen'],
  dueBy,
  overdue,
  triedAt: null,
  next: null,
  teamIds: [],
})
const doors: DueDoors = {
  asOf: '2020-02-12T04:00:00.000Z',
  day: '2020-02-12',
  due: 3,
  overdue: 2,
  doors: [door('d1', '2020-02-09', true), door('d2', '2020-02-11', true), door('d3', '2020-02-12', false)],
  more: false,
  asked: [],
}
const line = (id: string, parts: Partial<QuarantineLine>): QuarantineLine => ({
  id,
  jurisdiction: 440402,
  district: { zh: '香洲区', en: 'Xiangzhou' },
  responseId: 'covid-19-like',
  site: 'home',
  orderedAt: '2020-02-08T00:00:00.000Z',
  state: 'active',
  countedFrom: '2020-02-08',
  lastDay: '2020-02-22',
  dayNumber: 4,
  days: 14,
  step: 'contact',
  stepAt: '2020-02-10T02:00:00.000Z',
  overdue: true,
  ladder: null,
  openHelp: [],
  ribbon: [],
  endReason: null,
  timeZone: 'Asia/Shanghai',
  ...parts,
})
const quarantine = {
  asOf: doors.asOf,
  lines: [
    line('q1', {}),
    line('q2', {
      overdue: false,
      openHelp: [
        {
          id: '0170350e-0000-7000-8000-000000000001',
          help: 'food',
          askedAt: '2020-02-12T01:00:00.000Z',
        },
      ],
    }),
    line('q3', { state: 'released' }),
  ],
  open: 2,
  overdue: 1,
} as unknown as QuarantineBoard
const list = (id: string, parts: Partial<WorklistLine>): WorklistLine => ({
  id,
  jurisdiction: 440402,
  kind: 'hotel-guests',
  title: '酒店名单',
  createdAt: '2020-02-09T00:00:00.000Z',
  dueAt: null,
  creator: { zh: '甲', en: 'A' },
  open: 10,
  linked: 0,
  closed: 0,
  toVisit: 0,
  overdue: 0,
  called: 0,
  rejected: 0,
  noAddress: 0,
  imports: [],
  ...parts,
})
const all = {
  doors,
  quarantine,
  lists: [
    list('l1', { overdue: 4, dueAt: '2020-02-11T00:00:00.000Z' }),
    list('l2', { overdue: 1, dueAt: '2020-02-20T00:00:00.000Z' }),
    list('l3', { open: 5 }),
  ],
  nowMs: Date.parse(doors.asOf),
  timeZone: 'Asia/Shanghai',
}

describe('what is overdue over all kinds of work', () => {
  it('comes by since when it is, and last where nothing says since when', () => {
    expect(overdueOf(all).map(({ key }) => key)).toEqual(['d1', 'q1', 'l1', 'd2', 'l2'])
  })

  it('is a door from the end of its day in its own time zone', () => {
    expect(new Date(dayOverMs('2020-02-11', 'Asia/Shanghai')).toISOString()).toBe('2020-02-11T16:00:00.000Z')
    expect(new Date(dayOverMs('2026-03-28', 'Europe/Berlin')).toISOString()).toBe('2026-03-28T23:00:00.000Z')
    expect(new Date(dayOverMs('2026-03-29', 'Europe/Berlin')).toISOString()).toBe('2026-03-29T22:00:00.000Z')
  })

  it('is counted for the kinds that a role is told of, and for no others', () => {
    expect(countWork(all, overdueOf(all))).toEqual([
      { kind: 'doors', open: 3, overdue: 2, oldestMs: Date.parse('2020-02-09T16:00:00.000Z') },
      { kind: 'quarantine', open: 2, overdue: 1, oldestMs: Date.parse('2020-02-10T02:00:00.000Z') },
      { kind: 'help', open: 1, overdue: 0, oldestMs: Date.parse('2020-02-12T01:00:00.000Z') },
      { kind: 'calls', open: 25, overdue: 5, oldestMs: Date.parse('2020-02-11T00:00:00.000Z') },
    ])
    const less = { ...all, quarantine: undefined, lists: undefined }
    expect(countWork(less, overdueOf(less)).map(({ kind }) => kind)).toEqual(['doors'])
  })

  it('takes of lists those of the area', () => {
    const lists = [list('a', {}), list('b', { jurisdiction: 440403 })]
    expect(listsIn(lists, 440402).map(({ id }) => id)).toEqual(['a'])
    expect(listsIn(lists, 440400)).toHaveLength(2)
  })
})
