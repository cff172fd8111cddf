import { firstTextsZh } from './zh-first.ts'
import { laterTextsZh } from './zh-later.ts'

/** Every text in Chinese. */
export const fieldTextsZh = {
  ...firstTextsZh,
  ...laterTextsZh,
  seats: { ...firstTextsZh.seats, ...laterTextsZh.seats },
  posts: { ...firstTextsZh.posts, ...laterTextsZh.posts },
  handovers: { ...firstTextsZh.handovers, ...laterTextsZh.handovers },
} as const
