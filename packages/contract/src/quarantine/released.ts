import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { BilingualText, Instant, oneOf } from '../primitives.ts'
import type { QuarantineField } from './people.ts'

const closed = { additionalProperties: false } as const

/** What comes of checking a certificate: `genuine`, or why it is not taken for one that holds. */
export const releaseVerdicts = ['genuine', 'expired', 'forged', 'other-city', 'unreadable'] as const
export type ReleaseVerdict = (typeof releaseVerdicts)[number]

/** What of the person the code says, covered. */
export const releaseFields = ['name', 'document'] as const satisfies readonly QuarantineField[]

export const CheckedRelease = Type.Object(
  {
    verdict: oneOf(releaseVerdicts),
    /** What the paper has to say as well; where it is genuine, or was until it expired. */
    certificate: Type.Union([
      Type.Object(
        {
          /** The number that the paper prints. */
          serial: Type.String(),
          district: BilingualText,
          /** Covered, such as `张**` and `****123X`; what was not given is missing. */
          person: Type.Array(Type.Object({ field: oneOf(releaseFields), masked: Type.String() }, closed)),
          releasedAt: Instant,
          issuedAt: Instant,
          expiresAt: Instant,
          timeZone: Type.String(),
        },
        closed,
      ),
      Type.Null(),
    ]),
  },
  closed,
)
export type CheckedRelease = Static<typeof CheckedRelease>

export const checkRelease = defineEndpoint({
  id: 'quarantine.released',
  method: 'POST',
  path: '/api/public/released',
  summary: 'Check a certificate of release',
  description:
    'Says whether the code on a certificate was signed by this city and still holds, with what the paper has to say as well; the person stays covered. Nothing is looked up; what is kept is that something was checked and what came of it.',
  access: { roles: 'anyone', area: 'none', purpose: 'public-information' },
  audit: { action: 'quarantine.released', record: 'every' },
  limits: { group: 'read', bodyBytes: 4_096 },
  body: Type.Object({ text: Type.String({ minLength: 1, maxLength: 1_000 }) }, closed),
  output: CheckedRelease,
  errors: ['DATABASE_UNAVAILABLE'],
})
