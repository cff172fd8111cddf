import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { type Bilingual, CivilDate, oneOf, printable } from '../primitives.ts'

/**
 * Why a collection goes on: from a closed list, because it is published. What else there is to say goes into the note,
 * which is sealed.
 */
export const renewalGrounds = [
  'cases-in-the-city',
  'cases-among-arrivals',
  'cases-at-places-of-origin',
  'contacts-being-followed',
] as const
export type RenewalGround = (typeof renewalGrounds)[number]

export const renewalGroundNames: Readonly<Record<RenewalGround, Bilingual>> = {
  'cases-in-the-city': { zh: '本市仍有病例', en: 'There are cases in the city' },
  'cases-among-arrivals': { zh: '来人中仍发现病例', en: 'Cases are found among arrivals' },
  'cases-at-places-of-origin': { zh: '主要来源地仍有病例', en: 'There are cases where arrivals come from' },
  'contacts-being-followed': { zh: '密切接触者尚在随访', en: 'Contacts of cases are being followed' },
}

/** A renewal reaches at most this many days from the day on which it is decided. */
export const longestRenewalDays = 90
/** From this many days before the end on, everyone who works with a response is told. */
export const warnDaysBefore = 14

const RenewBody = Type.Object(
  {
    responseId: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,39}$', maxLength: 40 }),
    /** The renewal that this one follows, as it was shown; 0 where there was none. */
    afterVersion: Type.Integer({ minimum: 0, maximum: 10_000 }),
    collectionUntil: CivilDate,
    ground: oneOf(renewalGrounds),
    note: Type.Optional(
      classified('identity', Type.String({ minLength: 1, maxLength: 500, pattern: printable })),
    ),
  },
  { additionalProperties: false },
)
export type RenewBody = Static<typeof RenewBody>

export const renewCollection = defineEndpoint({
  id: 'responses.renew-collection',
  method: 'POST',
  path: '/api/responses/renew-collection',
  summary: 'Let the collection of a response go on',
  description:
    'The commander of the city renews by name and on a published ground; the public notice shows who did and until when. Nothing is overwritten: each renewal is kept.',
  access: { roles: ['commander'], area: 'actor', purpose: 'administration' },
  audit: { action: 'responses.renew-collection', record: 'every' },
  limits: { group: 'write', bodyBytes: 4_096 },
  body: RenewBody,
  output: Type.Object({ collectionUntil: CivilDate }, { additionalProperties: false }),
  errors: ['OUTSIDE_AREA', 'UNKNOWN_RESPONSE', 'RENEWAL_OVERTAKEN', 'RENEWAL_TOO_LONG', 'RENEWAL_NOT_LATER'],
})
