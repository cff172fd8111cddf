import Type from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { correctableIdentityFields } from '../identity/purposes.ts'
import { type Bilingual, Instant, oneOf, printable, UuidV7 } from '../primitives.ts'
import type { Role } from '../roles.ts'

const closed = { additionalProperties: false } as const

/** Who may correct a detail that was entered wrongly. */
export const correctionRoles = ['screening-clerk', 'post-lead'] as const satisfies readonly Role[]

/** Why a detail is corrected: a closed list, told beside the correction. */
export const correctionGrounds = ['misread', 'typed-wrongly', 'person-says', 'document-seen'] as const
export type CorrectionGround = (typeof correctionGrounds)[number]

export const correctionGroundNames: Readonly<Record<CorrectionGround, Bilingual>> = {
  misread: { zh: '识读有误', en: 'Misread' },
  'typed-wrongly': { zh: '录入有误', en: 'Typed wrongly' },
  'person-says': { zh: '本人说明', en: 'The person says so' },
  'document-seen': { zh: '核对了证件', en: 'The document was seen' },
}

/** Where a correction comes from: what a person asked for, or who works on the record. */
export const correctionSources = ['request', 'record'] as const
export type CorrectionSource = (typeof correctionSources)[number]

export const correctScreening = defineEndpoint({
  id: 'screening.correct',
  method: 'POST',
  path: '/api/screenings/corrections',
  summary: 'Correct a detail of a screening',
  description:
    'Puts what a name, document number, phone or plate should read beside what was recorded, which stays. A plate is corrected for everyone aboard. Look-ups find the person by either, lists and the person’s own page show both.',
  access: { roles: correctionRoles, area: 'actor', purpose: 'screening' },
  audit: { action: 'screening.correct', record: 'every' },
  limits: { group: 'write', bodyBytes: 4_096 },
  body: Type.Object(
    {
      screeningId: UuidV7,
      seat: Type.Integer({ minimum: 1, maximum: 100 }),
      field: oneOf(correctableIdentityFields),
      value: classified('identity', Type.String({ minLength: 1, maxLength: 80, pattern: printable })),
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
    'CORRECTION_EMPTY',
    'CORRECTION_CHANGES_NOTHING',
    'IDENTITY_DESTROYED',
  ],
})
