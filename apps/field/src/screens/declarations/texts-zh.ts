import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const declarationTextsZh = {
  title: '申报',
  label: '申报码（输入、粘贴或扫码枪）',
  check: '核对',
  again: '重新输入',
  record: '申报已出示',
} as const satisfies TextTree
