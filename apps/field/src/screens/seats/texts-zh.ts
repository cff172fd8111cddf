import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const seatTextsZh = {
  map: '座位图',
  place: '座位 {{place}}',
  free: '空',
  aboard: '有人',
  handoverKey: '▲ 可疑病例 · ◐ 邻近座位，不随行 · → 一同送走。点座位可改为随行或不随行。',
} as const satisfies TextTree
