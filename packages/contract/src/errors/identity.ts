import type { ErrorEntry } from './error-entry.ts'

/** Refusals of looking people up. */
export const identityErrors = {
  PURPOSE_NOT_ALLOWED: {
    status: 403,
    retry: 'never',
    text: { zh: '您的岗位不能为此目的查询或导出。', en: 'Your role may not do this for that purpose.' },
  },
  REASON_TOO_SHORT: {
    status: 422,
    retry: 'never',
    text: { zh: '请具体写明事由。', en: 'Say the reason in words, not in signs or blanks.' },
  },
  LOOK_UP_LIMIT_REACHED: {
    status: 429,
    retry: 'later',
    text: {
      zh: '已达查询次数上限，请到提示的时间再查。',
      en: 'You have reached the limit of look-ups; try again at the time shown.',
    },
  },
  NOT_LOOKED_UP: {
    status: 403,
    retry: 'never',
    text: {
      zh: '请先查询此人，并在十五分钟内查看。',
      en: 'Look the person up first; a field may be shown within 15 minutes of it.',
    },
  },
  FIELD_NOT_HELD: {
    status: 404,
    retry: 'never',
    text: { zh: '没有登记这一项。', en: 'This field was never recorded.' },
  },
  IDENTITY_DESTROYED: {
    status: 410,
    retry: 'never',
    text: {
      zh: '当日密钥已销毁，身份信息不可恢复。',
      en: 'The key of that day was destroyed; the identity cannot be read again.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
