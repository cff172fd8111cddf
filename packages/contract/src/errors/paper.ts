import type { ErrorEntry } from './error-entry.ts'

/** Refusals around paper forms that are keyed. */
export const paperErrors = {
  UNKNOWN_PAPER_FORM: {
    status: 404,
    retry: 'never',
    text: { zh: '本辖区没有这张纸质表。', en: 'There is no such paper form in this area.' },
  },
  PAPER_FORM_CHANGED: {
    status: 409,
    retry: 'never',
    text: {
      zh: '这张表刚被别人改过，请重新打开再改。',
      en: 'Somebody else has changed this form meanwhile; open it again.',
    },
  },
  PAPER_FORM_ENDED: {
    status: 409,
    retry: 'never',
    text: {
      zh: '这张表已经入库或撤下，不能再改。入库后的更正请到“人员查询”。',
      en: 'This form was recorded or taken back. Correct what was recorded from Look-up.',
    },
  },
  PAPER_BACKLOG_FULL: {
    status: 409,
    retry: 'never',
    text: {
      zh: '该点位当天录入的表已到上限，请先入库一部分。',
      en: 'This post and day hold as many forms as they can; record some first.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
