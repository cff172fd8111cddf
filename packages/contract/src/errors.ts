import type { Bilingual } from './primitives.ts'

/**
 * When a client may send the same thing again.
 * `never`: only after a person changed it. `later`: by itself, with back-off. `after-sign-in`: once someone signed in.
 */
export const retryRules = ['never', 'later', 'after-sign-in'] as const
export type RetryRule = (typeof retryRules)[number]

export type ErrorEntry = { readonly status: number; readonly retry: RetryRule; readonly text: Bilingual }

/** Every refusal there is. Clients branch on the code, never on the text. */
export const errors = {
  INVALID_JSON: {
    status: 400,
    retry: 'never',
    text: { zh: '内容不是有效的 JSON。', en: 'The body is not valid JSON.' },
  },
  INVALID_INPUT: {
    status: 400,
    retry: 'never',
    text: {
      zh: '有一项内容不符合要求，请按提示更正。',
      en: 'A field is not as required; correct the one named.',
    },
  },
  TEXT_NOT_WELL_FORMED: {
    status: 400,
    retry: 'never',
    text: {
      zh: '文字里有无法保存的字符，请重新输入。',
      en: 'The text holds characters that cannot be stored; enter it again.',
    },
  },
  NOT_SIGNED_IN: {
    status: 401,
    retry: 'after-sign-in',
    text: { zh: '请先登录。', en: 'Sign in first.' },
  },
  SIGN_IN_LINK_SPENT: {
    status: 401,
    retry: 'never',
    text: {
      zh: '登录链接已用过或已过期，请领取新链接。',
      en: 'This sign-in link was used or has expired; ask for a new one.',
    },
  },
  ROLE_NOT_ALLOWED: {
    status: 403,
    retry: 'never',
    text: { zh: '您的岗位不能使用此功能。', en: 'Your role may not use this.' },
  },
  OUTSIDE_AREA: {
    status: 403,
    retry: 'never',
    text: { zh: '该地区不在您的权限范围内。', en: 'This area is outside yours.' },
  },
  ORIGIN_NOT_ALLOWED: {
    status: 403,
    retry: 'never',
    text: { zh: '请求来自其他网站，已拒绝。', en: 'The request came from another site and was refused.' },
  },
  DEVICE_REVOKED: {
    status: 403,
    retry: 'after-sign-in',
    text: { zh: '此设备已停用，请联系带班领导。', en: 'This device was revoked; see the post lead.' },
  },
  NO_SUCH_ENDPOINT: {
    status: 404,
    retry: 'never',
    text: { zh: '没有这个地址。', en: 'There is nothing at this address.' },
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    retry: 'never',
    text: { zh: '此地址不接受这种请求。', en: 'This address does not take that method.' },
  },
  COMMAND_ID_REUSED: {
    status: 409,
    retry: 'never',
    text: { zh: '同一编号已用于另一条记录。', en: 'This id already belongs to a different record.' },
  },
  BODY_TOO_LARGE: {
    status: 413,
    retry: 'never',
    text: { zh: '内容太大，请分批发送。', en: 'The body is too large; send smaller batches.' },
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    retry: 'never',
    text: { zh: '请以 JSON 格式发送。', en: 'Send the body as JSON.' },
  },
  UNKNOWN_COMMAND_KIND: {
    status: 422,
    retry: 'never',
    text: {
      zh: '服务器不认识这种记录，请更新应用。',
      en: 'The server does not know this kind of record; update the app.',
    },
  },
  ID_TIME_MISMATCH: {
    status: 422,
    retry: 'never',
    text: { zh: '记录编号与发生时间不一致。', en: 'The id does not carry the time the record states.' },
  },
  OCCURRED_IN_FUTURE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '发生时间在将来，请校准设备时钟。',
      en: 'The time lies in the future; set the device clock.',
    },
  },
  OUTSIDE_COLLECTION: {
    status: 422,
    retry: 'never',
    text: {
      zh: '发生时间不在本次响应的采集期内。',
      en: 'The time lies outside the collection period of this response.',
    },
  },
  IMPOSSIBLE_TIME: {
    status: 422,
    retry: 'never',
    text: { zh: '时间不存在或先后颠倒。', en: 'A time does not exist or the order of times is impossible.' },
  },
  UNKNOWN_POST: {
    status: 422,
    retry: 'never',
    text: { zh: '没有这个点位，或不属于该辖区。', en: 'There is no such post in this jurisdiction.' },
  },
  UNKNOWN_LANE: {
    status: 422,
    retry: 'never',
    text: { zh: '该点位没有这条车道。', en: 'The post has no such lane.' },
  },
  UNKNOWN_ORIGIN: {
    status: 422,
    retry: 'never',
    text: { zh: '来源地代码不存在。', en: 'There is no origin with this code.' },
  },
  UNKNOWN_RESPONSE: {
    status: 422,
    retry: 'never',
    text: { zh: '没有这次响应。', en: 'There is no such response.' },
  },
  UNKNOWN_RULES_VERSION: {
    status: 422,
    retry: 'later',
    text: {
      zh: '服务器还没有这一版规则，将稍后重试。',
      en: 'The server does not have this version of the rules yet; it will be tried again.',
    },
  },
  UNKNOWN_SYMPTOM: {
    status: 422,
    retry: 'never',
    text: { zh: '本次响应没有这项症状。', en: 'This response does not list that symptom.' },
  },
  PLATE_REQUIRED: {
    status: 422,
    retry: 'never',
    text: {
      zh: '车辆须有车牌，或注明无牌。',
      en: 'A vehicle needs its plate, or the note that it has none.',
    },
  },
  SEAT_TAKEN_TWICE: {
    status: 422,
    retry: 'never',
    text: { zh: '同一座位登记了两个人。', en: 'Two travellers hold the same seat.' },
  },
  READING_INCOMPLETE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '体温须是数值或“低于阈值”，二者取一。',
      en: 'A reading is either a number or “under threshold”.',
    },
  },
  READING_TOO_FINE: {
    status: 422,
    retry: 'never',
    text: { zh: '体温只记到 0.1 ℃。', en: 'A temperature is recorded to 0.1 °C.' },
  },
  UNKNOWN_AREA: {
    status: 422,
    retry: 'never',
    text: { zh: '没有这个地区代码。', en: 'There is no area with this code.' },
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    retry: 'later',
    text: { zh: '请求过于频繁，请稍候。', en: 'Too many requests; wait a moment.' },
  },
  BUSY: {
    status: 429,
    retry: 'later',
    text: {
      zh: '服务器繁忙，记录已保留，将自动重试。',
      en: 'The server is busy; the record is kept and will be sent again.',
    },
  },
  DATABASE_UNAVAILABLE: {
    status: 503,
    retry: 'later',
    text: {
      zh: '数据库暂不可用，记录已保留，将自动重试。',
      en: 'The database is unavailable; the record is kept and will be sent again.',
    },
  },
  INTERNAL: {
    status: 500,
    retry: 'later',
    text: { zh: '服务器出错，请报告关联编号。', en: 'The server failed; report the correlation id.' },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>

export type ErrorCode = keyof typeof errors

export const isErrorCode = (value: string): value is ErrorCode => Object.hasOwn(errors, value)

/** A refusal as a value: what was refused, and where in the input (JSON Pointer, RFC 6901). */
export type Refusal = { readonly code: ErrorCode; readonly path?: string }

/** The body of every answer that is not a success. */
export type ErrorBody = {
  readonly code: ErrorCode
  readonly retry: RetryRule
  readonly text: Bilingual
  readonly path?: string
  readonly detail?: string
  readonly correlationId?: string
}
