import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const declarationTextsEn = {
  title: 'Declaration',
  label: 'Declaration (typed, pasted or scanned)',
  check: 'Check',
  again: 'Enter it again',
  record: 'Declaration shown',
} as const satisfies TextTree
