import type { Bilingual } from '../primitives.ts'

/**
 * What becomes of a traveller, from mildest to strictest. The order is the ladder on which rules are monotone.
 */
export const dispositions = [
  'passed',
  'advised',
  'second-check',
  'home-quarantine',
  'central-quarantine',
  'turned-back',
  'referred',
] as const

export type Disposition = (typeof dispositions)[number]

/** Rank on the ladder, 0 the mildest; what the database stores. */
export const dispositionRank = (disposition: Disposition): number => dispositions.indexOf(disposition)

/** The stricter of two. */
export const strictest = (a: Disposition, b: Disposition): Disposition =>
  dispositionRank(a) >= dispositionRank(b) ? a : b

export const dispositionNames: Readonly<Record<Disposition, Bilingual>> = {
  passed: { zh: '通过', en: 'Passed' },
  advised: { zh: '通过并提醒', en: 'Passed, advised' },
  'second-check': { zh: '复测', en: 'Second check' },
  'home-quarantine': { zh: '居家隔离', en: 'Home quarantine' },
  'central-quarantine': { zh: '集中隔离', en: 'Central quarantine' },
  'turned-back': { zh: '劝返', en: 'Turned back' },
  referred: { zh: '转诊', en: 'Referred' },
}
