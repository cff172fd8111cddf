import type { FollowUpPlan } from '@guankou/contract/quarantine/plan.ts'

const hours = (from: number, until: number) => ({ fromMinute: from * 60, untilMinute: until * 60 })

/**
 * How the demo city follows people up. Fourteen days from the last exposure is what was asked for in those weeks; windows, ladder
 * and signs are made up, and a city writes its own legal basis.
 */
export const homeAndCentral: FollowUpPlan = {
  subject: 'person',
  days: 14,
  countedFrom: 'last-exposure',
  sites: ['home', 'central', 'hotel', 'hospital'],
  everyDays: 1,
  windows: [hours(7, 10), hours(16, 20)],
  feverCelsius: 37.3,
  signs: [
    { code: 'cough', name: { zh: '咳嗽', en: 'Cough' } },
    { code: 'breathlessness', name: { zh: '气促', en: 'Short of breath' } },
    { code: 'fatigue', name: { zh: '乏力', en: 'Tired' } },
    { code: 'diarrhoea', name: { zh: '腹泻', en: 'Diarrhoea' } },
  ],
  ladder: [
    { way: 'message', afterMinutes: 0 },
    { way: 'call', afterMinutes: 60 },
    { way: 'visit', afterMinutes: 180 },
    { way: 'police', afterMinutes: 360 },
  ],
  daysAway: 'counted',
  legalBasis: {
    zh: '《中华人民共和国传染病防治法》（演示文本，条款由所在城市核定）',
    en: 'Law on the Prevention and Treatment of Infectious Diseases (demo text; the city names the articles)',
  },
}
