import type { Bilingual } from '../primitives.ts'

/** How far a rescreening has come. */
export const rescreenStates = ['selecting', 'listing', 'done', 'failed'] as const
export type RescreenState = (typeof rescreenStates)[number]

export const rescreenStateNames: Readonly<Record<RescreenState, Bilingual>> = {
  selecting: { zh: '正在筛选', en: 'Selecting' },
  listing: { zh: '正在编制名单', en: 'Making lists' },
  done: { zh: '名单已完成', en: 'Lists are made' },
  failed: { zh: '未能完成', en: 'Not finished' },
}

/** Areas at risk that one version of the rules may hold. */
export const mostRiskAreas = 400

/** Hours within which the people of a rescreening are to be reached. */
export const usualDueHours = 24
