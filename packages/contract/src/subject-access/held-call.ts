import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { accessWays, identityFieldNames, seenPurposes } from '../identity/purposes.ts'
import { type Bilingual, BilingualText, CivilDate, Instant, oneOf } from '../primitives.ts'
import { roles } from '../roles.ts'
import { worklistKinds } from '../worklists/vocabulary.ts'

const closed = { additionalProperties: false } as const

/** What a row of a list of calls can show of somebody. */
export const callFields = ['name', 'document', 'phone', 'plate', 'address'] as const
export type CallField = (typeof callFields)[number]

const { name, document, phone, plate } = identityFieldNames
export const callFieldNames: Readonly<Record<CallField, Bilingual>> = {
  name,
  document,
  phone,
  plate,
  address: { zh: '地址', en: 'Address' },
}

/** Somebody came to see the row: by role, not by name. */
export const CallSeenBy = Type.Object(
  {
    at: Instant,
    role: oneOf(roles),
    purpose: oneOf(seenPurposes),
    way: oneOf(accessWays),
    fields: Type.Array(oneOf(callFields)),
    /** In the officer’s words, where the installation shows them; they may name others. */
    reason: Type.Union([classified('identity', Type.String()), Type.Null()]),
  },
  closed,
)
export type CallSeenBy = Static<typeof CallSeenBy>

/** A list of people to be called that names the person, and who took the row away in a list that left. */
export const HeldCall = Type.Object(
  {
    kind: oneOf(worklistKinds),
    district: BilingualText,
    broughtOn: CivilDate,
    /** The list was taken back. */
    takenBack: Type.Boolean(),
    seenBy: Type.Array(CallSeenBy),
  },
  closed,
)
export type HeldCall = Static<typeof HeldCall>
