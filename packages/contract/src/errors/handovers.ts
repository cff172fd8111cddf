import type { ErrorEntry } from './error-entry.ts'

/** Refusals around hand-overs and their signatures. */
export const handoverErrors = {
  UNKNOWN_HANDOVER: {
    status: 404,
    retry: 'never',
    text: { zh: '没有这次移交，或不在本辖区。', en: 'There is no such hand-over in this area.' },
  },
  HANDOVER_NOT_OF_SCREENING: {
    status: 422,
    retry: 'never',
    text: {
      zh: '移交时间早于查验，或晚于查验 48 小时以上。',
      en: 'The hand-over lies before the screening, or more than 48 hours after it.',
    },
  },
  HANDOVER_WITHOUT_INDEX: {
    status: 422,
    retry: 'never',
    text: { zh: '请选出至少一名当事人。', en: 'Name at least one index case.' },
  },
  HANDOVER_NOT_YOUR_SIDE: {
    status: 403,
    retry: 'never',
    text: { zh: '不能替另一方签收。', en: 'Nobody signs for the other side.' },
  },
  HANDOVER_TIME_RUNS_BACK: {
    status: 422,
    retry: 'never',
    text: {
      zh: '时间早于移交开始，请核对设备时钟。',
      en: 'The time lies before the hand-over was opened: check the clock of the device.',
    },
  },
  HANDOVER_ALREADY_SIGNED: {
    status: 409,
    retry: 'never',
    text: { zh: '这一方已经签过。', en: 'This side has signed already.' },
  },
  HANDOVER_ALREADY_OVER: {
    status: 409,
    retry: 'never',
    text: { zh: '这次移交已经结束。', en: 'This hand-over is over already.' },
  },
  HANDOVER_TAKEN: {
    status: 409,
    retry: 'never',
    text: {
      zh: '对方已接收，不能取消，请等门诊接收后办结。',
      en: 'Somebody has taken the people over: it can be closed, and no longer cancelled.',
    },
  },
  HANDOVER_NOTE_NEEDED: {
    status: 422,
    retry: 'never',
    text: { zh: '选“其他”时请写明原因。', en: 'Say why in words where the reason is “other”.' },
  },
  HANDOVER_SIGNATURE_WRONG: {
    status: 422,
    retry: 'never',
    text: {
      zh: '签名与本机密钥不符，请在本机重新签收。',
      en: 'The signature is not of the key of this device: sign again on it.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
