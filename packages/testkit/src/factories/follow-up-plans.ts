import type { FollowUpPlan } from '@guankou/contract/quarantine/plan.ts'

const hours = (from: number, until: number) => ({ fromMinute: from * 60, untilMinute: until * 60 })
const legalBasis = {
  zh: '测试用：《中华人民共和国传染病防治法》',
  en: 'For tests: Law on the Prevention and Treatment of Infectious Diseases',
}
const sign = (code: string, zh: string, en: string) => ({ code, name: { zh, en } })
const twiceDaily = [hours(7, 10), hours(16, 20)]
const respiratory = [sign('cough', '咳嗽', 'Cough'), sign('breathlessness', '气促', 'Breathlessness')]

const person = {
  subject: 'person',
  countedFrom: 'last-exposure',
  sites: ['home', 'central', 'hotel', 'hospital'],
  everyDays: 1,
  windows: twiceDaily,
  feverCelsius: 37.3,
  ladder: [
    { way: 'message', afterMinutes: 0 },
    { way: 'call', afterMinutes: 60 },
    { way: 'visit', afterMinutes: 180 },
    { way: 'police', afterMinutes: 360 },
  ],
  daysAway: 'counted',
  legalBasis,
} as const

/** Five responses that differ in data alone; where the figures come from is told in docs/specs/follow-up.md. */
export const followUpPlans: Readonly<Record<string, FollowUpPlan>> = {
  'covid-like': {
    ...person,
    sites: [...person.sites],
    ladder: [...person.ladder],
    days: 14,
    signs: respiratory,
  },
  ebola: {
    ...person,
    sites: ['home', 'central', 'hospital'],
    days: 21,
    feverCelsius: 38,
    signs: [sign('vomiting', '呕吐', 'Vomiting'), sign('bleeding', '不明原因出血', 'Unexplained bleeding')],
    ladder: [
      { way: 'call', afterMinutes: 0 },
      { way: 'visit', afterMinutes: 120 },
      { way: 'police', afterMinutes: 240 },
    ],
  },
  measles: {
    ...person,
    sites: ['home'],
    days: 21,
    windows: [hours(8, 20)],
    feverCelsius: 38,
    signs: [sign('rash', '皮疹', 'Rash'), sign('red-eyes', '眼结膜充血', 'Red eyes')],
    ladder: [
      { way: 'message', afterMinutes: 0 },
      { way: 'call', afterMinutes: 720 },
    ],
  },
  mers: {
    ...person,
    sites: ['home', 'hospital'],
    ladder: [...person.ladder],
    days: 14,
    feverCelsius: 38,
    signs: respiratory,
  },
  'mosquito-borne': {
    ...person,
    subject: 'house',
    countedFrom: 'order',
    sites: ['home'],
    days: 28,
    everyDays: 7,
    windows: [hours(8, 18)],
    feverCelsius: null,
    signs: [sign('larvae', '孑孓', 'Larvae'), sign('standing-water', '积水', 'Standing water')],
    ladder: [
      { way: 'call', afterMinutes: 60 },
      { way: 'visit', afterMinutes: 1_440 },
    ],
    daysAway: 'made-up',
  },
}
