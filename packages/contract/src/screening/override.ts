import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { type Bilingual, DivisionCode, Instant, oneOf, printable, UuidV7 } from '../primitives.ts'
import type { Role } from '../roles.ts'
import { dispositions } from './dispositions.ts'

const closed = { additionalProperties: false } as const

/** Who may put another disposition in the place of what the rules gave. */
export const overrideRoles = ['post-lead', 'commander'] as const satisfies readonly Role[]

/** Why a lead decides otherwise than the rules: a closed list, shown to the person. */
export const overrideGrounds = [
  'papers-shown',
  'measured-again',
  'medical-advice',
  'stated-since',
  'entered-wrongly',
  'essential-passage',
  'other-ground',
] as const
export type OverrideGround = (typeof overrideGrounds)[number]

export const overrideGroundNames: Readonly<Record<OverrideGround, Bilingual>> = {
  'papers-shown': { zh: '出示了证明材料', en: 'Papers were shown' },
  'measured-again': { zh: '重新测量结果不同', en: 'Measured again, with another result' },
  'medical-advice': { zh: '医护人员意见', en: 'Medical staff advised it' },
  'stated-since': { zh: '补充说明了旅居或接触史', en: 'More was stated since' },
  'entered-wrongly': { zh: '登记有误', en: 'It was entered wrongly' },
  'essential-passage': { zh: '紧急或保障通行', en: 'Urgent or essential passage' },
  'other-ground': { zh: '其他理由', en: 'Another ground' },
}

/** Words are asked for with these grounds, because the ground alone says nothing. */
export const groundsInWords: ReadonlySet<OverrideGround> = new Set(['other-ground'])

export const mostOverrideLetters = 300

/** The lead's own words. Sealed at once: people write names into such fields. */
export const OverrideWords = classified(
  'identity',
  Type.String({ minLength: 2, maxLength: mostOverrideLetters, pattern: printable }),
)

/** Whose disposition is meant: by screening and seat, or by the code on the slip that the inspector gave out. */
export const OverrideSubject = Type.Union([
  Type.Object({ screeningId: UuidV7, seat: Type.Integer({ minimum: 1, maximum: 100 }) }, closed),
  Type.Object(
    { slipCode: Type.String({ minLength: 12, maxLength: 20, pattern: '^[0-9A-Za-z -]*$' }) },
    closed,
  ),
])
export type OverrideSubject = Static<typeof OverrideSubject>

/**
 * A lead puts another disposition in the place of one. What the rules gave stays as it was recorded; this stands beside
 * it. The milliseconds of the id are those of `occurredAt`.
 */
export const OverrideScreening = Type.Object(
  {
    kind: Type.Literal('screening.override'),
    schemaVersion: Type.Literal(1),
    id: UuidV7,
    jurisdiction: DivisionCode,
    occurredAt: Instant,
    about: OverrideSubject,
    disposition: classified('health', oneOf(dispositions)),
    ground: oneOf(overrideGrounds),
    words: Type.Optional(OverrideWords),
  },
  { ...closed, $id: 'OverrideScreening' },
)
export type OverrideScreening = Static<typeof OverrideScreening>

/**
 * `in-force`: it counts, unless a later one does. `waits`: it is milder than a lead may decide alone, and a second person
 * has not answered. `declined`: the second person said no.
 */
export const overrideStates = ['in-force', 'waits', 'declined'] as const
export type OverrideState = (typeof overrideStates)[number]

export const overrideStateNames: Readonly<Record<OverrideState, Bilingual>> = {
  'in-force': { zh: '已生效', en: 'In force' },
  waits: { zh: '待第二人确认', en: 'Waits for a second person' },
  declined: { zh: '第二人未同意', en: 'Declined by the second person' },
}
