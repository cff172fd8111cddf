import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { BilingualText, CivilDate, Count, DivisionCode, Instant, oneOf, UuidV7 } from '../primitives.ts'
import { DueContactView, NamedSign } from './observation.ts'
import { quarantineFields } from './people.ts'
import {
  contactWays,
  helpKinds,
  quarantineFactKinds,
  quarantineSites,
  quarantineStates,
  quarantineSteps,
  releaseReasons,
  ribbonMarks,
} from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** A day as the board shows it. */
export const MarkedDay = Type.Object(
  { day: CivilDate, number: Type.Integer(), mark: classified('health', oneOf(ribbonMarks)) },
  closed,
)
export type MarkedDay = Static<typeof MarkedDay>

/** A day of an episode, with what was found in it. */
export const RibbonDay = Type.Object(
  {
    day: CivilDate,
    number: Type.Integer(),
    mark: classified('health', oneOf(ribbonMarks)),
    contacts: Type.Array(DueContactView),
    highestCelsius: classified('health', nullable(Type.Number())),
    signs: classified('health', Type.Array(Type.String())),
  },
  closed,
)
export type RibbonDay = Static<typeof RibbonDay>

/** How far a ladder of missed contact has come. */
export const LadderView = Type.Object(
  {
    sinceAt: Instant,
    /** The step that is due now; null before the first. */
    way: nullable(oneOf(contactWays)),
    wayAt: nullable(Instant),
    nextWay: nullable(oneOf(contactWays)),
    nextAt: nullable(Instant),
  },
  closed,
)
export type LadderView = Static<typeof LadderView>

export const OpenHelpView = Type.Object({ id: UuidV7, help: oneOf(helpKinds), askedAt: Instant }, closed)
export type OpenHelpView = Static<typeof OpenHelpView>

/** An episode as a line of the board, without who it is. */
export const QuarantineLine = Type.Object(
  {
    id: UuidV7,
    jurisdiction: DivisionCode,
    district: BilingualText,
    responseId: Type.String(),
    site: oneOf(quarantineSites),
    orderedAt: Instant,
    state: oneOf(quarantineStates),
    countedFrom: CivilDate,
    lastDay: CivilDate,
    /** Which day today is, and of how many. */
    dayNumber: Type.Integer(),
    days: Type.Integer(),
    step: oneOf(quarantineSteps),
    /** From when on the step is due; null where it waits for no hour. */
    stepAt: nullable(Instant),
    overdue: Type.Boolean(),
    ladder: nullable(LadderView),
    openHelp: Type.Array(OpenHelpView),
    ribbon: Type.Array(MarkedDay),
    endReason: nullable(oneOf(releaseReasons)),
    timeZone: Type.String(),
  },
  closed,
)
export type QuarantineLine = Static<typeof QuarantineLine>

/** What became of the episodes that ended. */
export const QuarantineEndings = Type.Object(
  {
    completed: Count,
    early: Count,
    case: Count,
    mistake: Count,
    other: Count,
    moved: Count,
  },
  closed,
)
export type QuarantineEndings = Static<typeof QuarantineEndings>

export const QuarantineBoard = Type.Object(
  {
    asOf: Instant,
    lines: Type.Array(QuarantineLine),
    open: Count,
    overdue: Count,
    endings: QuarantineEndings,
    /** There are more than are listed. */
    more: Type.Boolean(),
  },
  closed,
)
export type QuarantineBoard = Static<typeof QuarantineBoard>

/** One fact of an episode, as its history shows it. */
export const QuarantineFactView = Type.Object(
  {
    id: UuidV7,
    kind: oneOf(quarantineFactKinds),
    at: Instant,
    recordedAt: Instant,
    /** Null where the person or the clock did it. */
    by: nullable(Type.Object({ accountId: Type.String(), officer: BilingualText }, closed)),
    way: nullable(oneOf(contactWays)),
    /** What came of a contact or of a request for help, or why something was done; a word of their lists. */
    result: nullable(Type.String()),
    reason: classified('health', nullable(Type.String())),
    help: nullable(oneOf(helpKinds)),
    helpId: nullable(UuidV7),
    lastDay: nullable(CivilDate),
    toArea: nullable(BilingualText),
    temperatureCelsius: classified('health', nullable(Type.Number())),
    signs: classified('health', Type.Array(Type.String())),
    /** In words; null where none were said or their key is destroyed. */
    note: nullable(Type.String()),
  },
  closed,
)
export type QuarantineFactView = Static<typeof QuarantineFactView>

/** Another episode of the same person, or of the same chain of hand-overs. */
export const OtherEpisode = Type.Object(
  { id: UuidV7, jurisdiction: DivisionCode, orderedAt: Instant },
  closed,
)
export type OtherEpisode = Static<typeof OtherEpisode>

export const QuarantineFile = Type.Object(
  {
    line: QuarantineLine,
    days: Type.Array(RibbonDay),
    responseName: BilingualText,
    legalBasis: BilingualText,
    feverCelsius: nullable(Type.Number()),
    signs: Type.Array(NamedSign),
    lastExposureOn: classified('health', nullable(CivilDate)),
    screening: nullable(Type.Object({ screeningId: UuidV7, seat: Type.Integer() }, closed)),
    /** The city that handed the person on, where one did. */
    fromArea: nullable(DivisionCode),
    /** Covered, such as `张*`; what was not given, or can no longer be read, is missing. */
    person: Type.Array(Type.Object({ field: oneOf(quarantineFields), masked: Type.String() }, closed)),
    facts: Type.Array(QuarantineFactView),
    /** Other districts of this installation, to which the person can be handed on. */
    handOnTo: Type.Array(Type.Object({ code: DivisionCode, name: BilingualText }, closed)),
    /** The episode that this one goes on from, and the one that goes on from this. */
    before: nullable(OtherEpisode),
    after: nullable(OtherEpisode),
    /** Other episodes of somebody with the same document or phone, as far as their keys still open, and whether they go on. */
    samePerson: Type.Array(Type.Object({ ...OtherEpisode.properties, open: Type.Boolean() }, closed)),
  },
  closed,
)
export type QuarantineFile = Static<typeof QuarantineFile>
