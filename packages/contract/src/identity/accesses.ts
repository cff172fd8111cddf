import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, CivilDate, Count, DivisionCode, Instant, oneOf } from '../primitives.ts'
import { roles } from '../roles.ts'
import { accessWays } from './purposes.ts'

const closed = { additionalProperties: false } as const

/** What one officer saw of people in one day. */
export const OfficerAccesses = Type.Object(
  {
    accountId: Type.String(),
    officer: BilingualText,
    role: oneOf(roles),
    lookUps: Count,
    lookUpsWithoutMatch: Count,
    unmasked: Count,
    exported: Count,
    /** People seen, each once a day however often. */
    people: Count,
    purposes: Type.Array(Type.Object({ purpose: Type.String(), times: Count }, closed)),
    /** More look-ups or unmasked fields than `wideLookUpsPerDay`. */
    wide: Type.Boolean(),
  },
  closed,
)
export type OfficerAccesses = Static<typeof OfficerAccesses>

/** One access, without who was seen. */
export const LatestAccess = Type.Object(
  {
    at: Instant,
    officer: BilingualText,
    purpose: Type.String(),
    way: oneOf(accessWays),
    fields: Type.Array(Type.String()),
  },
  closed,
)
export type LatestAccess = Static<typeof LatestAccess>

export const AccessesAnswer = Type.Object(
  { day: CivilDate, officers: Type.Array(OfficerAccesses), latest: Type.Array(LatestAccess) },
  closed,
)
export type AccessesAnswer = Static<typeof AccessesAnswer>

export const listAccesses = defineEndpoint({
  id: 'identity.accesses',
  method: 'GET',
  path: '/api/identity/accesses',
  summary: 'Who saw people on a day',
  description:
    'Counts per officer of look-ups, unmasked fields and exported rows, wide ones first, and the latest accesses. Says of nobody whom they saw.',
  access: { roles: ['data-protection-officer', 'auditor'], area: 'query.area', purpose: 'oversight' },
  audit: { action: 'identity.accesses', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  query: Type.Object({ area: DivisionCode, day: Type.Optional(CivilDate) }, closed),
  output: AccessesAnswer,
  errors: ['UNKNOWN_AREA'],
})
