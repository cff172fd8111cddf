import type { QuarantineSite } from '@guankou/contract/quarantine/vocabulary.ts'

/** Something that happens so many days after the order; fractions are hours of it. */
export type StoryStep = {
  readonly afterDays: number
  readonly kind: string
  readonly fields: Readonly<Record<string, unknown>>
}

/** One person’s quarantine, told from today backwards. */
export type QuarantineStory = {
  readonly orderedDaysAgo: number
  readonly exposedDaysBefore: number
  readonly district: number
  readonly site: QuarantineSite
  /** How many of the last contacts that were due are missed; the others are made. */
  readonly missesLast: number
  readonly steps: readonly StoryStep[]
}

const step = (
  afterDays: number,
  kind: string,
  fields: Readonly<Record<string, unknown>> = {},
): StoryStep => ({ afterDays, kind: `quarantine.${kind}`, fields })
const delivered = step(0.08, 'deliver')

const story = (
  orderedDaysAgo: number,
  parts: Partial<Omit<QuarantineStory, 'orderedDaysAgo'>> = {},
): QuarantineStory => ({
  orderedDaysAgo,
  exposedDaysBefore: 2,
  district: 440402,
  site: 'home',
  missesLast: 0,
  steps: [delivered],
  ...parts,
})

/** At least one episode in every state, so that the board of the demo shows each of them. */
export const quarantineStories: readonly QuarantineStory[] = [
  story(5),
  story(3, { site: 'central', district: 440403 }),
  story(4, { missesLast: 2 }),
  story(7, { missesLast: 1, district: 440404 }),
  story(0.1, { steps: [] }),
  story(0.4, { steps: [], site: 'hotel' }),
  story(6, { steps: [delivered, step(5.2, 'leave', { reason: 'hospital', note: '发热门诊就诊' })] }),
  story(8, {
    district: 440403,
    steps: [
      delivered,
      step(3.1, 'leave', { reason: 'test' }),
      step(3.3, 'return'),
      step(7.5, 'ask-help', { help: 'medicine', note: '降压药快用完了' }),
    ],
  }),
  story(2, {
    steps: [
      delivered,
      step(1.9, 'contact', {
        way: 'visit',
        result: 'reached',
        temperatureCelsius: 37.8,
        signs: ['cough', 'fatigue'],
      }),
      step(1.95, 'ask-help', { help: 'doctor' }),
    ],
  }),
  story(13, { district: 440404, site: 'central' }),
  story(20, { steps: [delivered, step(13.1, 'release', { reason: 'completed' })] }),
  story(26, { steps: [delivered, step(13.2, 'release', { reason: 'completed' })], district: 440403 }),
  story(16, {
    steps: [delivered, step(6, 'release', { reason: 'early', note: '两次检测阴性，专家组同意' })],
  }),
  story(11, { steps: [delivered, step(4, 'release', { reason: 'case' })] }),
  story(9, { steps: [delivered, step(0.5, 'release', { reason: 'mistake', note: '同名，已核对' })] }),
  story(3, { steps: [delivered, step(2.6, 'transfer', { toArea: 440403 })] }),
  story(10, { steps: [delivered, step(4, 'transfer', { toArea: 440100 }), step(4.4, 'receipt')] }),
]
