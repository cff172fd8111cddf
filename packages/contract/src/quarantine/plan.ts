import Type, { type Static } from 'typebox'
import { BilingualText, oneOf } from '../primitives.ts'
import { contactWays, quarantineSites } from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const MinuteOfDay = Type.Integer({ minimum: 0, maximum: 1_440 })

/** Between which local minutes of the day a contact is due; 1440 is the end of the day. */
export const ContactWindow = Type.Object({ fromMinute: MinuteOfDay, untilMinute: MinuteOfDay }, closed)
export type ContactWindow = Static<typeof ContactWindow>

/** One step of what follows a missed contact, so many minutes after its window closed. */
export const LadderStep = Type.Object(
  { way: oneOf(contactWays), afterMinutes: Type.Integer({ minimum: 0, maximum: 20_160 }) },
  closed,
)
export type LadderStep = Static<typeof LadderStep>

/**
 * How a response follows people, or houses, up: the whole of what differs from one disease to the next.
 * Day 0 is the day that is counted from; the last day is day `days`.
 */
export const FollowUpPlan = Type.Object(
  {
    /** Who is looked at: the person, or the house for larvae. */
    subject: oneOf(['person', 'house']),
    days: Type.Integer({ minimum: 1, maximum: 90 }),
    countedFrom: oneOf(['last-exposure', 'order']),
    sites: Type.Array(oneOf(quarantineSites), { minItems: 1, uniqueItems: true }),
    /** A contact is due every so many days, from the day of the order. */
    everyDays: Type.Integer({ minimum: 1, maximum: 14 }),
    /** Contacts are made at the door: a team goes there while a window is open. Left out: they are not. */
    atDoor: Type.Optional(Type.Boolean()),
    windows: Type.Array(ContactWindow, { minItems: 1, maxItems: 6 }),
    /** Null where no temperature is taken. */
    feverCelsius: Type.Union([Type.Number({ minimum: 35, maximum: 40 }), Type.Null()]),
    /** Symptoms that are asked for, or what is looked for in a house. */
    signs: Type.Array(Type.Object({ code: Type.String(), name: BilingualText }, closed)),
    ladder: Type.Array(LadderStep, { minItems: 1, maxItems: 6 }),
    /** Whether days away, such as in hospital, are counted or made up for. */
    daysAway: oneOf(['counted', 'made-up']),
    /** What the order rests on, as the notice prints it. */
    legalBasis: BilingualText,
  },
  closed,
)
export type FollowUpPlan = Static<typeof FollowUpPlan>
