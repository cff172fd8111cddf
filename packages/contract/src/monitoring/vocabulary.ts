import type { Bilingual } from '../primitives.ts'
import type { Role } from '../roles.ts'

/**
 * What is watched at every post. `fever`: febrile travellers among those screened; `flow-high` and `flow-low`: more or
 * fewer conveyances than forecast.
 */
export const signals = ['fever', 'flow-high', 'flow-low'] as const
export type Signal = (typeof signals)[number]

/** `raised` → `acknowledged` → `investigating` → `closed`; who reopens one investigates it. */
export const alarmStates = ['raised', 'acknowledged', 'investigating', 'closed'] as const
export type AlarmState = (typeof alarmStates)[number]

/** What people do with an alarm. `take-over`: makes somebody else its owner. */
export const alarmActs = ['acknowledge', 'take-over', 'investigate', 'note', 'close', 'reopen'] as const
export type AlarmAct = (typeof alarmActs)[number]

/** Steps of an alarm: acts of people, and what the server adds. */
export const alarmStepKinds = ['raised', 'revised', 'escalated', ...alarmActs] as const
export type AlarmStepKind = (typeof alarmStepKinds)[number]

/** Why an alarm was closed. */
export const alarmCauses = [
  'true-event',
  'data-error',
  'policy-effect',
  'holiday-or-weather',
  'staffing-or-equipment',
  'false-alarm',
  'undetermined',
] as const
export type AlarmCause = (typeof alarmCauses)[number]

export const signalNames: Readonly<Record<Signal, Bilingual>> = {
  fever: { zh: '发热', en: 'Fever' },
  'flow-high': { zh: '车流偏多', en: 'High flow' },
  'flow-low': { zh: '车流偏少', en: 'Low flow' },
}

export const alarmStateNames: Readonly<Record<AlarmState, Bilingual>> = {
  raised: { zh: '待确认', en: 'Raised' },
  acknowledged: { zh: '已确认', en: 'Acknowledged' },
  investigating: { zh: '调查中', en: 'Investigating' },
  closed: { zh: '已关闭', en: 'Closed' },
}

export const alarmCauseNames: Readonly<Record<AlarmCause, Bilingual>> = {
  'true-event': { zh: '真实事件', en: 'True event' },
  'data-error': { zh: '数据错误', en: 'Data error' },
  'policy-effect': { zh: '政策影响', en: 'Effect of a policy' },
  'holiday-or-weather': { zh: '节假日或天气', en: 'Holiday or weather' },
  'staffing-or-equipment': { zh: '人员或设备原因', en: 'Staffing or equipment' },
  'false-alarm': { zh: '误报', en: 'False alarm' },
  undetermined: { zh: '原因未明', en: 'Undetermined' },
}

/** Who sees alarms and what is behind them. */
export const alarmReaders: readonly Role[] = ['post-lead', 'duty-planner', 'commander', 'auditor']

/** Who answers for alarms, each in their own area. */
export const alarmActors: readonly Role[] = ['post-lead', 'duty-planner', 'commander']

/** Whom an alarm that nobody acknowledges goes to, step by step. */
export const escalationRoles = ['duty-planner', 'commander'] as const
export type EscalationRole = (typeof escalationRoles)[number]
