import type { ErrorEntry } from './error-entry.ts'

/** Refusals of the audit. */
export const auditErrors = {
  AUDIT_SEARCH_TOO_WIDE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '查询范围太大，请缩短日期范围或减少条件。',
      en: 'This search takes too long; ask for fewer days or leave a filter out.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
