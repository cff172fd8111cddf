import type { ErrorEntry } from './error-entry.ts'

/** Refusals of lists that leave the system. */
export const exportErrors = {
  EXPORT_COLUMN_NOT_ALLOWED: {
    status: 422,
    retry: 'never',
    text: { zh: '此目的不需要其中一列。', en: 'A list for this purpose may not hold one of the columns.' },
  },
  EXPORT_TOO_LARGE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '名单超出此目的的上限，请缩小日期、点位或处置范围。',
      en: 'The list is larger than its purpose allows; narrow the days, posts or dispositions.',
    },
  },
  EXPORT_EMPTY: {
    status: 422,
    retry: 'never',
    text: { zh: '没有符合条件的记录。', en: 'No record meets these conditions.' },
  },
  EXPORT_LIMIT_REACHED: {
    status: 429,
    retry: 'later',
    text: {
      zh: '今日申请名单的次数已用完。',
      en: 'You have asked for as many lists as you may in a day.',
    },
  },
  EXPORT_NOT_FOUND: {
    status: 404,
    retry: 'never',
    text: { zh: '没有这份名单，或不在您的权限范围内。', en: 'There is no such list within your reach.' },
  },
  EXPORT_OWN_APPROVAL: {
    status: 403,
    retry: 'never',
    text: { zh: '不能审批自己的申请，须由他人审批。', en: 'Nobody approves their own; another person must.' },
  },
  EXPORT_STATE_CHANGED: {
    status: 409,
    retry: 'never',
    text: { zh: '这份名单的状态已变，请刷新。', en: 'The list has moved on meanwhile; look again.' },
  },
  EXPORT_NOT_READY: {
    status: 409,
    retry: 'later',
    text: { zh: '名单尚未生成。', en: 'The list has not been made yet.' },
  },
  EXPORT_EXPIRED: {
    status: 410,
    retry: 'never',
    text: { zh: '名单已过期或已销毁。', en: 'The list has expired or was destroyed.' },
  },
  EXPORT_DOWNLOADS_SPENT: {
    status: 409,
    retry: 'never',
    text: { zh: '下载次数已用完。', en: 'The list has been downloaded as often as it may be.' },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
