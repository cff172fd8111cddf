import type { ErrorEntry } from './error-entry.ts'

/** Refusals of alarms and what they are made with. */
export const monitoringErrors = {
  UNKNOWN_ALARM: {
    status: 404,
    retry: 'never',
    text: { zh: '没有这条警报，或不在您的辖区内。', en: 'There is no such alarm within your area.' },
  },
  ALARM_STATE_CHANGED: {
    status: 409,
    retry: 'never',
    text: {
      zh: '这条警报刚被他人处理，请查看后再操作。',
      en: 'Somebody else acted on the alarm meanwhile; look again.',
    },
  },
  ALARM_ACT_NOT_POSSIBLE: {
    status: 409,
    retry: 'never',
    text: {
      zh: '警报在当前状态下不能这样处理。',
      en: 'This cannot be done with an alarm in its present state.',
    },
  },
  ALARM_NOT_YOURS: {
    status: 403,
    retry: 'never',
    text: {
      zh: '这条警报由他人负责，请先接手。',
      en: 'Somebody else answers for the alarm; take it over first.',
    },
  },
  ALARM_CAUSE_NEEDED: {
    status: 422,
    retry: 'never',
    text: { zh: '关闭警报须选择原因。', en: 'An alarm is closed with a cause.' },
  },
  ALARM_NOTE_NEEDED: {
    status: 422,
    retry: 'never',
    text: { zh: '请写明说明。', en: 'Write a note.' },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
