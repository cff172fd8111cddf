import type { ErrorEntry } from './error-entry.ts'

/** Refusals around keys, retention and the end of a collection. */
export const retentionErrors = {
  KEY_SERVICE_UNAVAILABLE: {
    status: 503,
    retry: 'later',
    text: {
      zh: '密钥服务暂不可用，记录已保留，将自动重试。',
      en: 'The key service is unavailable; the record is kept and will be sent again.',
    },
  },
  UNKNOWN_CERTIFICATE: {
    status: 404,
    retry: 'never',
    text: { zh: '没有这份销毁证明。', en: 'There is no such certificate.' },
  },
  RENEWAL_OVERTAKEN: {
    status: 409,
    retry: 'never',
    text: {
      zh: '采集期已被他人更改，请刷新后再看。',
      en: 'Somebody else has changed the end of the collection; look again.',
    },
  },
  RENEWAL_TOO_LONG: {
    status: 422,
    retry: 'never',
    text: {
      zh: '每次续期最多到今天起 90 天。',
      en: 'One renewal reaches at most 90 days from today.',
    },
  },
  RENEWAL_NOT_LATER: {
    status: 422,
    retry: 'never',
    text: {
      zh: '新的截止日须晚于今天和现有截止日。',
      en: 'The new end has to lie after today and after the present end.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
