import Type, { type Static } from 'typebox'
import { defineEndpoint } from '../endpoint.ts'
import { Post } from '../places/place.ts'
import { BilingualText, CivilDate } from '../primitives.ts'
import { CollectionRenewal } from '../retention/endpoints.ts'

const closed = { additionalProperties: false } as const

/** What anyone may know before coming: what is asked and why, for how long, and where. */
export const PublicNotice = Type.Object(
  {
    city: BilingualText,
    demo: Type.Boolean(),
    responses: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          name: BilingualText,
          collectionFrom: CivilDate,
          collectionUntil: CivilDate,
          /** The newest renewal, where there was one: who lets the collection go on, and why. */
          renewal: Type.Optional(CollectionRenewal),
          rulesVersion: Type.Integer(),
          feverThresholdCelsius: Type.Number(),
          exposureWindowDays: Type.Integer(),
          symptoms: Type.Array(BilingualText),
          rules: Type.Array(
            Type.Object({ id: Type.String(), disposition: Type.String(), reason: BilingualText }, closed),
          ),
        },
        closed,
      ),
    ),
    posts: Type.Array(Post),
  },
  closed,
)
export type PublicNotice = Static<typeof PublicNotice>

export const publicNotice = defineEndpoint({
  id: 'responses.public-notice',
  method: 'GET',
  path: '/api/public/notice',
  summary: 'What travellers are asked, and why',
  description:
    'Rules in force, end date of the collection and the posts of the city; nothing about any person.',
  access: { roles: 'anyone', area: 'none', purpose: 'public-information' },
  audit: { action: 'responses.public-notice', record: 'denied' },
  limits: { group: 'read', bodyBytes: 0 },
  output: PublicNotice,
  errors: [],
})
