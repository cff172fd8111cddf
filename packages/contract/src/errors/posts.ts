import type { ErrorEntry } from './error-entry.ts'

/** Refusals around the running of a post. */
export const postsErrors = {
  NOT_OF_THIS_ROLE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '这一项要由带班领导或勤务部门记录。',
      en: 'This is recorded by the post lead, or by who plans the duty.',
    },
  },
  NOT_YOURSELF: {
    status: 422,
    retry: 'never',
    text: {
      zh: '只能为本人记录；别人的由带班领导代记。',
      en: 'Record it of yourself; the post lead records it of others.',
    },
  },
  REINFORCEMENT_TOO_LONG: {
    status: 422,
    retry: 'never',
    text: {
      zh: '增援须在派出后 72 小时以内结束。',
      en: 'A reinforcement ends after it begins, and within 72 hours.',
    },
  },
  UNKNOWN_OFFICER: {
    status: 422,
    retry: 'never',
    text: {
      zh: '您的辖区内没有这名人员，或不是上岗人员。',
      en: 'Your area has no such officer who works at posts.',
    },
  },
  NOBODY_NAMED: {
    status: 422,
    retry: 'never',
    text: { zh: '请写明是谁，或有几人。', en: 'Say who it is, or how many.' },
  },
  BOOK_NAMES_SOMEBODY: {
    status: 422,
    retry: 'never',
    text: {
      zh: '交接本里不要写身份证号、手机号或车牌，请改写。',
      en: 'The book holds no identity number, phone number or plate; word it without.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
