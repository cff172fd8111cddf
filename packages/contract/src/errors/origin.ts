import type { ErrorEntry } from './error-entry.ts'

/** Refusals around reported cases and what is made of them. */
export const originErrors = {
  CASE_FILE_UNREADABLE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '文件无法按 CSV 读取，或缺少必需的列。',
      en: 'The file cannot be read as CSV, or a column that is needed is missing.',
    },
  },
  UNKNOWN_ORIGIN: {
    status: 422,
    retry: 'never',
    text: { zh: '没有这个来源地代码。', en: 'There is no origin with this code.' },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
