import Type, { type Static } from 'typebox'
import { classified } from '../data-classes.ts'
import { defineEndpoint } from '../endpoint.ts'
import { FigureInterval, ModelRunState, ModelStamp } from '../models/model-stamp.ts'
import {
  BilingualText,
  CivilDate,
  Count,
  DivisionCode,
  Instant,
  oneOf,
  printable,
  UuidV7,
} from '../primitives.ts'
import {
  alarmActors,
  alarmActs,
  alarmCauses,
  alarmReaders,
  alarmStates,
  alarmStepKinds,
  escalationRoles,
  signals,
} from './vocabulary.ts'

const closed = { additionalProperties: false } as const
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

const HourOfDay = Type.Integer({ minimum: 0, maximum: 23 })

/** What can be looked at over time. */
export const measures = ['vehicles', 'travellers', 'febrile'] as const
export type Measure = (typeof measures)[number]

const reading = { roles: alarmReaders, area: 'query.area', purpose: 'monitoring' } as const
const readLimits = { group: 'read', bodyBytes: 0 } as const

/** An hour of a post: what was counted, and what was expected of it before it was counted. */
export const MonitoredHour = Type.Object(
  {
    day: CivilDate,
    hour: HourOfDay,
    /** Null where it has not begun. */
    observed: nullable(Count),
    isOver: Type.Boolean(),
    expected: FigureInterval,
    /** Signals that alarmed in it. */
    alarms: Type.Array(oneOf(signals)),
  },
  closed,
)
export type MonitoredHour = Static<typeof MonitoredHour>

export const MonitoringPosts = Type.Object(
  {
    asOf: Instant,
    measure: oneOf(measures),
    /** Null until the model has run. */
    stamp: nullable(ModelStamp),
    run: nullable(ModelRunState),
    posts: Type.Array(Type.Object({ postId: Type.Integer(), hours: Type.Array(MonitoredHour) }, closed)),
  },
  closed,
)
export type MonitoringPosts = Static<typeof MonitoringPosts>

export const monitoringPosts = defineEndpoint({
  id: 'monitoring.posts',
  method: 'GET',
  path: '/api/monitoring/posts',
  summary: 'Hours of every post against what was expected',
  description:
    'Counts of the last hours and forecasts of the next ones for each post of the area, with 90 % intervals and the hours that alarmed. Fever findings are expected from the number screened and are not forecast.',
  access: reading,
  audit: { action: 'monitoring.posts', record: 'denied' },
  limits: readLimits,
  query: Type.Object(
    {
      area: DivisionCode,
      measure: oneOf(measures),
      hoursBack: Type.Optional(Type.Integer({ minimum: 6, maximum: 168 })),
      hoursAhead: Type.Optional(Type.Integer({ minimum: 0, maximum: 48 })),
    },
    closed,
  ),
  output: MonitoringPosts,
  errors: ['UNKNOWN_AREA'],
})

export const MonitoringSlots = Type.Object(
  {
    asOf: Instant,
    stamp: nullable(ModelStamp),
    slots: Type.Array(
      Type.Object(
        { day: CivilDate, slot: Type.Integer({ minimum: 0, maximum: 71 }), expected: FigureInterval },
        closed,
      ),
    ),
  },
  closed,
)
export type MonitoringSlots = Static<typeof MonitoringSlots>

export const monitoringSlots = defineEndpoint({
  id: 'monitoring.slots',
  method: 'GET',
  path: '/api/monitoring/slots',
  summary: 'The forecast of one post by slots of 20 minutes',
  description:
    'Vehicles or travellers expected at a post in each slot of the next 48 hours, with 90 % intervals.',
  access: reading,
  audit: { action: 'monitoring.slots', record: 'denied' },
  limits: readLimits,
  query: Type.Object(
    {
      area: DivisionCode,
      post: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
      measure: oneOf(['vehicles', 'travellers']),
    },
    closed,
  ),
  output: MonitoringSlots,
  errors: ['UNKNOWN_AREA', 'UNKNOWN_POST'],
})

export const MonitoringCalendar = Type.Object(
  {
    asOf: Instant,
    measure: oneOf(measures),
    stamp: nullable(ModelStamp),
    hours: Type.Array(
      Type.Object(
        {
          day: CivilDate,
          hour: HourOfDay,
          observed: Count,
          expected: Type.Number({ minimum: 0 }),
          isOver: Type.Boolean(),
        },
        closed,
      ),
    ),
  },
  closed,
)
export type MonitoringCalendar = Static<typeof MonitoringCalendar>

export const monitoringCalendar = defineEndpoint({
  id: 'monitoring.calendar',
  method: 'GET',
  path: '/api/monitoring/calendar',
  summary: 'Hours of the last weeks, all posts of an area or one',
  description: 'What was counted in each hour and what had been expected of it.',
  access: reading,
  audit: { action: 'monitoring.calendar', record: 'denied' },
  limits: readLimits,
  query: Type.Object(
    {
      area: DivisionCode,
      measure: oneOf(measures),
      post: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })),
      days: Type.Optional(Type.Integer({ minimum: 1, maximum: 35 })),
    },
    closed,
  ),
  output: MonitoringCalendar,
  errors: ['UNKNOWN_AREA'],
})

/** What the detector said of an hour. */
export const AlarmNumbers = Type.Object(
  {
    day: CivilDate,
    hour: HourOfDay,
    /** False while the hour was under way; a flow is then held against the whole hour. */
    isOver: Type.Boolean(),
    observed: Count,
    expected: Type.Number({ minimum: 0 }),
    low90: Type.Number({ minimum: 0 }),
    high90: Type.Number({ minimum: 0 }),
    /** Count from which on the chart alarmed; null where none would have. */
    bound: nullable(Count),
    /** Greatest ln likelihood ratio. */
    score: Type.Number({ minimum: 0 }),
    threshold: Type.Number({ minimum: 0 }),
    travellers: Count,
  },
  closed,
)
export type AlarmNumbers = Static<typeof AlarmNumbers>

const AlarmOwner = Type.Object({ accountId: Type.String(), officer: BilingualText }, closed)

export const AlarmLine = Type.Object(
  {
    id: UuidV7,
    postId: Type.Integer(),
    jurisdiction: DivisionCode,
    signal: oneOf(signals),
    state: oneOf(alarmStates),
    raisedAt: Instant,
    owner: nullable(AlarmOwner),
    cause: nullable(oneOf(alarmCauses)),
    closedAt: nullable(Instant),
    escalatedTo: nullable(oneOf(escalationRoles)),
    /** When it is handed up if nobody acknowledges; null once somebody did, or at the top. */
    escalatesAt: nullable(Instant),
    /** The numbers that it was raised with, and the last that were added. */
    first: AlarmNumbers,
    latest: AlarmNumbers,
    stamp: ModelStamp,
    /** Acts that whoever asks may do now. */
    mayDo: Type.Array(oneOf(alarmActs)),
    /** Number of the last step; an act names it. */
    lastNumber: Type.Integer({ minimum: 1 }),
  },
  closed,
)
export type AlarmLine = Static<typeof AlarmLine>

/** How often alarms may be false, how often charts with these thresholds are, and how often they were. */
export const FalseAlarmBudget = Type.Object(
  {
    daysPerFalseAlarm: Type.Number({ exclusiveMinimum: 0 }),
    escalateAfterMinutes: Type.Integer({ minimum: 1 }),
    thresholds: Type.Object({ fever: Type.Number(), flow: Type.Number() }, closed),
    /** The simulation that the thresholds rest on; null while they are those that come with the product. */
    simulated: nullable(
      Type.Object(
        {
          madeAt: Instant,
          falseAlarmsPerDay: FigureInterval,
          falseAlarms: Count,
        },
        closed,
      ),
    ),
  },
  closed,
)
export type FalseAlarmBudget = Static<typeof FalseAlarmBudget>

/** Alarms of a post and month by how they ended. */
export const FalseAlarmRecord = Type.Object(
  {
    postId: Type.Integer(),
    /** `2020-01` */
    month: Type.String({ pattern: '^\\d{4}-\\d\\d$' }),
    raised: Count,
    closed: Count,
    falseAlarms: Count,
    trueEvents: Count,
    /** False alarms that the budget leaves the post in that month, up to now. */
    budgeted: Type.Number({ minimum: 0 }),
  },
  closed,
)
export type FalseAlarmRecord = Static<typeof FalseAlarmRecord>

export const MonitoringAlarms = Type.Object(
  {
    asOf: Instant,
    budget: FalseAlarmBudget,
    /** Those that are not closed, most urgent first, then the closed ones of the last 90 days, newest first. */
    alarms: Type.Array(AlarmLine),
    unacknowledged: Count,
    open: Count,
    record: Type.Array(FalseAlarmRecord),
  },
  closed,
)
export type MonitoringAlarms = Static<typeof MonitoringAlarms>

export const monitoringAlarms = defineEndpoint({
  id: 'monitoring.alarms',
  method: 'GET',
  path: '/api/monitoring/alarms',
  summary: 'Alarms of an area',
  description:
    'Alarms with owner, state and the numbers behind them, the false-alarm budget and how it was kept, by post and month.',
  access: reading,
  audit: { action: 'monitoring.alarms', record: 'denied' },
  limits: readLimits,
  query: Type.Object({ area: DivisionCode }, closed),
  output: MonitoringAlarms,
  errors: ['UNKNOWN_AREA'],
})

const Note = classified('identity', Type.String({ minLength: 1, maxLength: 2_000, pattern: printable }))

export const AlarmStepView = Type.Object(
  {
    number: Type.Integer({ minimum: 1 }),
    at: Instant,
    kind: oneOf(alarmStepKinds),
    by: nullable(AlarmOwner),
    cause: nullable(oneOf(alarmCauses)),
    toRole: nullable(oneOf(escalationRoles)),
    /** Null where there is none, or where its key was destroyed. */
    note: nullable(Type.String()),
    hasNote: Type.Boolean(),
    numbers: nullable(AlarmNumbers),
  },
  closed,
)
export type AlarmStepView = Static<typeof AlarmStepView>

export const AlarmFile = Type.Object(
  {
    line: AlarmLine,
    steps: Type.Array(AlarmStepView),
    /** Average run length of one chart of this signal by the budget, in hours: how long until it alarms by chance. */
    averageRunLengthHours: Type.Number({ exclusiveMinimum: 0 }),
    /** Hours around the alarm, as they are judged now. */
    hours: Type.Array(MonitoredHour),
  },
  closed,
)
export type AlarmFile = Static<typeof AlarmFile>

export const monitoringAlarm = defineEndpoint({
  id: 'monitoring.alarm',
  method: 'GET',
  path: '/api/monitoring/alarm',
  summary: 'One alarm with its course',
  description: 'Every step of an alarm, its notes, and the hours around it as they are judged now.',
  access: { roles: alarmReaders, area: 'actor', purpose: 'monitoring' },
  audit: { action: 'monitoring.alarm', record: 'every' },
  limits: readLimits,
  query: Type.Object({ id: UuidV7 }, closed),
  output: AlarmFile,
  errors: ['UNKNOWN_ALARM'],
})

export const actOnAlarm = defineEndpoint({
  id: 'monitoring.act',
  method: 'POST',
  path: '/api/monitoring/act',
  summary: 'Acknowledge, investigate, note, close or reopen an alarm',
  description:
    'Adds a step to an alarm. Whoever acknowledges answers for it; only they investigate, note and close, with a cause. Notes are sealed.',
  access: { roles: alarmActors, area: 'actor', purpose: 'monitoring' },
  audit: { action: 'monitoring.act', record: 'every' },
  limits: { group: 'write', bodyBytes: 16_384 },
  body: Type.Object(
    {
      id: UuidV7,
      act: oneOf(alarmActs),
      /** Number of the last step that the person saw. */
      afterNumber: Type.Integer({ minimum: 1, maximum: 32_767 }),
      cause: Type.Optional(oneOf(alarmCauses)),
      note: Type.Optional(Note),
    },
    closed,
  ),
  output: AlarmLine,
  errors: [
    'UNKNOWN_ALARM',
    'ALARM_STATE_CHANGED',
    'ALARM_ACT_NOT_POSSIBLE',
    'ALARM_NOT_YOURS',
    'ALARM_CAUSE_NEEDED',
    'ALARM_NOTE_NEEDED',
    'TEXT_NOT_WELL_FORMED',
  ],
})

export const changeMonitoringPolicy = defineEndpoint({
  id: 'monitoring.policy',
  method: 'POST',
  path: '/api/monitoring/policy',
  summary: 'Set the false-alarm budget',
  description:
    'Sets how many days may lie between two false alarms in the whole city, and after how many minutes an alarm is handed up. Thresholds are calibrated anew.',
  access: { roles: ['commander'], area: 'actor', purpose: 'monitoring' },
  audit: { action: 'monitoring.policy', record: 'every' },
  limits: { group: 'write', bodyBytes: 1_024 },
  body: Type.Object(
    {
      daysPerFalseAlarm: Type.Number({ minimum: 0.5, maximum: 60 }),
      escalateAfterMinutes: Type.Integer({ minimum: 1, maximum: 1_440 }),
    },
    closed,
  ),
  output: Type.Object({ daysPerFalseAlarm: Type.Number(), escalateAfterMinutes: Type.Integer() }, closed),
  errors: ['OUTSIDE_AREA'],
})
