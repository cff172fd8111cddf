import type { ErrorEntry } from './error-entry.ts'

/** Refusals around declarations made before the journey. */
export const declarationsErrors = {
  DECLARATION_USED: {
    status: 409,
    retry: 'never',
    text: {
      zh: '这份申报已在卡口使用过，不能再更新。请新建一份。',
      en: 'This declaration has been shown at a post and cannot be signed again. Start a new one.',
    },
  },
  DECLARATION_TOO_LARGE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '内容太多，一个二维码放不下。请分成两份申报。',
      en: 'This is more than one code can hold. Please make two declarations of it.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
