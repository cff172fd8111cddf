import type { ErrorEntry } from './error-entry.ts'

/** Refusals of a screening. */
export const screeningErrors = {
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
  UNKNOWN_SCREENING: {
    status: 422,
    retry: 'later',
    text: {
      zh: '服务器还没有这条查验记录，将稍后重试。',
      en: 'The server does not have this screening yet; it will be tried again.',
    },
  },
  OVERRIDE_CHANGES_NOTHING: {
    status: 422,
    retry: 'never',
    text: { zh: '与现行处置相同。', en: 'That is the disposition that stands already.' },
  },
  OVERRIDE_NOT_LAWFUL: {
    status: 422,
    retry: 'never',
    text: {
      zh: '本次响应不允许改为这种处置。',
      en: 'This response does not allow an override to that disposition.',
    },
  },
  OVERRIDE_BELOW_BOUND: {
    status: 422,
    retry: 'never',
    text: {
      zh: '低于规则允许的最低处置，不得更改。',
      en: 'That is milder than the rules allow, with a second person or without.',
    },
  },
  OVERRIDE_WORDS_MISSING: {
    status: 422,
    retry: 'never',
    text: { zh: '请写明理由。', en: 'State the ground in words.' },
  },
  OVERRIDE_TOO_LATE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '查验已过去太久，处置不能再更改。',
      en: 'The screening is too long ago for its disposition to be overridden.',
    },
  },
  CORRECTION_EMPTY: {
    status: 422,
    retry: 'never',
    text: { zh: '更正后的内容不能为空。', en: 'What it is corrected to says nothing.' },
  },
  CORRECTION_CHANGES_NOTHING: {
    status: 422,
    retry: 'never',
    text: { zh: '与现有内容相同。', en: 'That is what it reads already.' },
  },
  UNKNOWN_OVERRIDE: {
    status: 404,
    retry: 'never',
    text: { zh: '没有这条更改。', en: 'There is no such override.' },
  },
  OVERRIDE_OWN_SECOND: {
    status: 403,
    retry: 'never',
    text: {
      zh: '不能由本人确认，请另一名带班领导或指挥长确认。',
      en: 'Nobody is their own second person; another lead or the commander has to answer.',
    },
  },
  OVERRIDE_ANSWERED: {
    status: 409,
    retry: 'never',
    text: { zh: '已有人答复，或无须确认。', en: 'It has been answered, or asks for no second person.' },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
