import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { type Bilingual, Instant, OriginCode, oneOf, printable, UuidV7 } from '../primitives.ts'
import { correctionGrounds, correctionRoles } from './corrections.ts'
import { Exposure, TemperatureReading } from './record-screening.ts'
import { evidenceKinds } from './vocabulary.ts'

const closed = { additionalProperties: false } as const

/** What was found of somebody, or said by them, that can be put right afterwards. */
export const correctedParts = ['origin', 'readings', 'symptoms', 'exposures', 'contactWithCase'] as const
export type CorrectedPart = (typeof correctedParts)[number]

export const correctedPartNames: Readonly<Record<CorrectedPart, Bilingual>> = {
  origin: { zh: '来源地', en: 'Origin' },
  readings: { zh: '体温', en: 'Temperature' },
  symptoms: { zh: '症状', en: 'Symptoms' },
  exposures: { zh: '旅居史', en: 'Stays' },
  contactWithCase: { zh: '接触病例', en: 'Contact with a case' },
}

/** The parts that are corrected, each whole; the others stay as they are. */
export const CorrectedFindings = Type.Object(
  {
    origin: Type.Optional(Type.Object({ code: OriginCode, evidence: oneOf(evidenceKinds) }, closed)),
    readings: Type.Optional(classified('health', Type.Array(TemperatureReading, { maxItems: 4 }))),
    symptoms: Type.Optional(
      classified(
        'health',
        Type.Array(Type.String({ pattern: '^[a-z][a-z-]{0,39}$' }), { maxItems: 20, uniqueItems: true }),
      ),
    ),
    exposures: Type.Optional(classified('health', Type.Array(Exposure, { maxItems: 20 }))),
    contactWithCase: Type.Optional(classified('health', Type.Boolean())),
  },
  closed,
)
export type CorrectedFindings = Static<typeof CorrectedFindings>

export const correctFindings = defineEndpoint({
  id: 'screening.correct-findings',
  method: 'POST',
  path: '/api/screenings/finding-corrections',
  summary: 'Correct what was found of somebody',
  description:
    'Puts what origin, temperatures, symptoms, stays or contact should have been beside what was recorded, which stays. The disposition stays too: the page Decisions shows what the rules of that hour would say now, and a lead decides otherwise where that is called for.',
  access: { roles: correctionRoles, area: 'actor', purpose: 'screening' },
  audit: { action: 'screening.correct-findings', record: 'every' },
  limits: { group: 'write', bodyBytes: 16_384 },
  body: Type.Object(
    {
      screeningId: UuidV7,
      seat: Type.Integer({ minimum: 1, maximum: 100 }),
      findings: CorrectedFindings,
      ground: oneOf(correctionGrounds),
      /** In the officer’s words, where there is more to say; sealed. */
      words: Type.Optional(
        classified('identity', Type.String({ minLength: 2, maxLength: 300, pattern: printable })),
      ),
    },
    closed,
  ),
  output: Type.Object({ id: UuidV7, recordedAt: Instant }, closed),
  successStatus: 201,
  errors: [
    'TEXT_NOT_WELL_FORMED',
    'UNKNOWN_SCREENING',
    'UNKNOWN_RULES_VERSION',
    'UNKNOWN_ORIGIN',
    'UNKNOWN_SYMPTOM',
    'READING_INCOMPLETE',
    'READING_TOO_FINE',
    'IMPOSSIBLE_TIME',
    'CORRECTION_EMPTY',
    'CORRECTION_CHANGES_NOTHING',
    'IDENTITY_DESTROYED',
  ],
})
