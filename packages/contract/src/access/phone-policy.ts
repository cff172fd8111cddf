import Type, { type Static } from 'typebox'
import { oneOf } from '../primitives.ts'

/** Whether whoever works on a phone has to lock it with a PIN. */
export const pinRules = ['required', 'skippable'] as const
/** How a phone becomes a device: with a code from the Devices page, or with the first sign-in on it. */
export const enrolmentRules = ['by-code', 'on-the-spot'] as const

/** What an installation asks of its phones; travels in the signed pack. */
export const PhonePolicy = Type.Object(
  {
    enrolment: oneOf(enrolmentRules),
    pin: oneOf(pinRules),
    mostPinTries: Type.Integer({ minimum: 3, maximum: 100 }),
    lockAfterMinutes: Type.Integer({ minimum: 1, maximum: 720 }),
  },
  { additionalProperties: false },
)
export type PhonePolicy = Static<typeof PhonePolicy>

/** Digits a PIN has at least, whatever the policy. */
export const leastPinDigits = 6
export const mostPinDigits = 12
