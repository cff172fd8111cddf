import type { ErrorEntry } from './error-entry.ts'

export const matchingErrors = {
  MATCH_FILE_UNREADABLE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '文件不是 CSV，缺少 kind、number 列，或行数过多。',
      en: 'The file is not CSV, a column is missing (kind, number), or it has too many rows.',
    },
  },
  MATCH_LISTS_FULL: {
    status: 409,
    retry: 'never',
    text: {
      zh: '名单或条目已达手机可携带的上限，请先停用旧名单。',
      en: 'Phones can carry no more lists or entries; end an old list first.',
    },
  },
  UNKNOWN_MATCH_LIST: {
    status: 404,
    retry: 'never',
    text: { zh: '没有这份名单，或已停用。', en: 'There is no such list, or it has ended.' },
  },
  MATCH_LIST_KEPT: {
    status: 409,
    retry: 'never',
    text: {
      zh: '这份名单由系统按现行隔离令维护，不能手工增减或停用。请到“隔离”页解除或更正隔离令。',
      en: 'The system keeps this list by the orders in force; it cannot be changed by hand. Release or correct the order under Quarantine.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
