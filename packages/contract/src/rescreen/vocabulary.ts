import type { Bilingual } from '../primitives.ts'
import type { Role } from '../roles.ts'

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

/** Who may propose that areas at risk change, and who agrees: of the two, one commands. */
export const ruleDeciders = ['duty-planner', 'commander'] as const satisfies readonly Role[]

/** A proposal that nobody decided on in this time holds no longer. */
export const proposalHours = 12

/** `overtaken`: another version came first. */
export const proposalStates = ['waiting', 'agreed', 'declined', 'withdrawn', 'lapsed', 'overtaken'] as const
export type ProposalState = (typeof proposalStates)[number]

export const proposalStateNames: Readonly<Record<ProposalState, Bilingual>> = {
  waiting: { zh: '等待第二人', en: 'Waits for a second person' },
  agreed: { zh: '已同意，已生效', en: 'Agreed, in force' },
  declined: { zh: '未同意', en: 'Declined' },
  withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  lapsed: { zh: '逾时失效', en: 'Lapsed' },
  overtaken: { zh: '规则已有新版本', en: 'Overtaken by another version' },
}
