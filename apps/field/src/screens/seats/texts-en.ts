import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'

export const seatTextsEn = {
  map: 'Seat map',
  place: 'Seat {{place}}',
  free: 'free',
  aboard: 'aboard',
  handoverKey:
    '▲ suspected case · ◐ sat near, stays · → goes along. Tap a seat to take somebody along or not.',
} as const satisfies TextTree
