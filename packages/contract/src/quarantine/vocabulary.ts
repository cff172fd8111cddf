import type { Bilingual } from '../primitives.ts'

type Names<Word extends string> = Readonly<Record<Word, Bilingual>>

/** Where somebody spends the days. */
export const quarantineSites = ['home', 'central', 'hotel', 'hospital'] as const
export type QuarantineSite = (typeof quarantineSites)[number]

export const quarantineSiteNames: Names<QuarantineSite> = {
  home: { zh: '居家', en: 'At home' },
  central: { zh: '集中隔离点', en: 'Central site' },
  hotel: { zh: '酒店', en: 'Hotel' },
  hospital: { zh: '医院', en: 'Hospital' },
}

/** Where an episode stands; `incoming` waits for the receipt of the area that takes over. */
export const quarantineStates = [
  'incoming',
  'ordered',
  'active',
  'on-leave',
  'in-transfer',
  'release-due',
  'released',
  'moved',
  'cancelled',
] as const
export type QuarantineState = (typeof quarantineStates)[number]

export const quarantineStateNames: Names<QuarantineState> = {
  incoming: { zh: '待接收', en: 'To be received' },
  ordered: { zh: '待送达', en: 'Notice not delivered' },
  active: { zh: '隔离中', en: 'In quarantine' },
  'on-leave': { zh: '外出就医', en: 'Away' },
  'in-transfer': { zh: '转出待回执', en: 'Handed on, no receipt yet' },
  'release-due': { zh: '应解除', en: 'Release due' },
  released: { zh: '已解除', en: 'Released' },
  moved: { zh: '已转出', en: 'Moved' },
  cancelled: { zh: '已撤销', en: 'Withdrawn' },
}

/** How an officer tries to reach somebody; the steps of a ladder are the same words. */
export const contactWays = ['message', 'call', 'visit', 'police'] as const
export type ContactWay = (typeof contactWays)[number]

/** Ways on which somebody stands before the door. */
export const doorWays = ['visit', 'police'] as const satisfies readonly ContactWay[]
export type DoorWay = (typeof doorWays)[number]

export const contactWayNames: Names<ContactWay> = {
  message: { zh: '短信提醒', en: 'Message' },
  call: { zh: '电话', en: 'Call' },
  visit: { zh: '上门', en: 'Visit' },
  police: { zh: '民警上门', en: 'Visit with police' },
}

export const contactResults = ['reached', 'no-answer', 'not-there', 'refused', 'wrong-number'] as const
export type ContactResult = (typeof contactResults)[number]

export const contactResultNames: Names<ContactResult> = {
  reached: { zh: '已联系上', en: 'Reached' },
  'no-answer': { zh: '无人应答', en: 'No answer' },
  'not-there': { zh: '不在隔离地', en: 'Not there' },
  refused: { zh: '拒绝配合', en: 'Refused' },
  'wrong-number': { zh: '号码有误', en: 'Wrong number' },
}

export const releaseReasons = ['completed', 'early', 'case', 'mistake', 'other'] as const
export type ReleaseReason = (typeof releaseReasons)[number]

export const releaseReasonNames: Names<ReleaseReason> = {
  completed: { zh: '期满解除', en: 'All days done' },
  early: { zh: '提前解除', en: 'Released early' },
  case: { zh: '转为病例', en: 'Became a case' },
  mistake: { zh: '误下，撤销', en: 'Ordered by mistake' },
  other: { zh: '其他', en: 'Other' },
}

export const leaveReasons = ['hospital', 'test', 'other'] as const
export type LeaveReason = (typeof leaveReasons)[number]

export const leaveReasonNames: Names<LeaveReason> = {
  hospital: { zh: '就医', en: 'Hospital' },
  test: { zh: '检测', en: 'Test' },
  other: { zh: '其他', en: 'Other' },
}

export const extensionReasons = ['new-exposure', 'signs', 'rules', 'other'] as const
export type ExtensionReason = (typeof extensionReasons)[number]

export const extensionReasonNames: Names<ExtensionReason> = {
  'new-exposure': { zh: '再次暴露', en: 'Exposed again' },
  signs: { zh: '出现症状', en: 'Symptoms' },
  rules: { zh: '规则调整', en: 'Rules changed' },
  other: { zh: '其他', en: 'Other' },
}

export const helpKinds = ['food', 'medicine', 'doctor', 'care', 'other'] as const
export type HelpKind = (typeof helpKinds)[number]

export const helpKindNames: Names<HelpKind> = {
  food: { zh: '食品日用', en: 'Food and daily goods' },
  medicine: { zh: '药品', en: 'Medicine' },
  doctor: { zh: '看医生', en: 'A doctor' },
  care: { zh: '照护老人小孩', en: 'Care for somebody' },
  other: { zh: '其他', en: 'Something else' },
}

export const helpResults = ['done', 'not-possible'] as const
export type HelpResult = (typeof helpResults)[number]

export const helpResultNames: Names<HelpResult> = {
  done: { zh: '已办', en: 'Done' },
  'not-possible': { zh: '无法办理', en: 'Not possible' },
}

/** What became of one contact that was due; `excused`: nothing was owed then. */
export const contactStatuses = ['coming', 'open', 'on-time', 'late', 'missed', 'excused'] as const
export type ContactStatus = (typeof contactStatuses)[number]

export const contactStatusNames: Names<ContactStatus> = {
  coming: { zh: '未到时间', en: 'Later' },
  open: { zh: '现在可报', en: 'Due now' },
  'on-time': { zh: '按时', en: 'On time' },
  late: { zh: '补报', en: 'Late' },
  missed: { zh: '漏报', en: 'Missed' },
  excused: { zh: '免报', en: 'Nothing owed' },
}

/** A day of a ribbon, from what weighs most. */
export const ribbonMarks = ['abnormal', 'missed', 'away', 'late', 'fine', 'open', 'coming', 'none'] as const
export type RibbonMark = (typeof ribbonMarks)[number]

export const ribbonMarkNames: Names<RibbonMark> = {
  abnormal: { zh: '异常', en: 'Fever or signs' },
  missed: { zh: '漏报', en: 'Missed' },
  away: { zh: '外出', en: 'Away' },
  late: { zh: '补报', en: 'Late' },
  fine: { zh: '正常', en: 'Well' },
  open: { zh: '待报', en: 'Due' },
  coming: { zh: '未到', en: 'To come' },
  none: { zh: '无需联系', en: 'No contact due' },
}

/** What an episode waits for. */
export const quarantineSteps = [
  'receive',
  'deliver-notice',
  'contact',
  'close-help',
  'await-receipt',
  'release',
  'await-return',
  'await-report',
  'nothing',
] as const
export type QuarantineStep = (typeof quarantineSteps)[number]

export const quarantineStepNames: Names<QuarantineStep> = {
  receive: { zh: '接收转入', en: 'Receive' },
  'deliver-notice': { zh: '送达告知书', en: 'Deliver the notice' },
  contact: { zh: '联系本人', en: 'Reach the person' },
  'close-help': { zh: '办理求助', en: 'Answer the request for help' },
  'await-receipt': { zh: '等对方回执', en: 'Wait for the receipt' },
  release: { zh: '解除隔离', en: 'Release' },
  'await-return': { zh: '等待返回', en: 'Wait for the return' },
  'await-report': { zh: '等待下次报告', en: 'Wait for the next report' },
  nothing: { zh: '无', en: 'Nothing' },
}

/** What can happen in an episode. */
export const quarantineFactKinds = [
  'delivered',
  'report',
  'contact',
  'missed',
  'escalated',
  'leave',
  'return',
  'help',
  'help-closed',
  'extended',
  'transferred',
  'received',
  'receipt',
  'released',
  'withdrawal',
  'withdrawn',
  'recalled',
  'relinked',
] as const
export type QuarantineFactKind = (typeof quarantineFactKinds)[number]

export const quarantineFactNames: Names<QuarantineFactKind> = {
  delivered: { zh: '送达告知书', en: 'Notice delivered' },
  report: { zh: '本人报告', en: 'Own report' },
  contact: { zh: '联系本人', en: 'Contact' },
  missed: { zh: '漏报', en: 'Contact missed' },
  escalated: { zh: '升级联系', en: 'Next step of the ladder' },
  leave: { zh: '外出', en: 'Left' },
  return: { zh: '返回', en: 'Came back' },
  help: { zh: '求助', en: 'Asked for help' },
  'help-closed': { zh: '求助办结', en: 'Help closed' },
  extended: { zh: '延长', en: 'Extended' },
  transferred: { zh: '转出', en: 'Handed on' },
  received: { zh: '接收', en: 'Received' },
  receipt: { zh: '对方已接收', en: 'Receipt' },
  released: { zh: '解除', en: 'Released' },
  withdrawal: { zh: '要求收回转出', en: 'Hand-over to be taken back' },
  withdrawn: { zh: '已收回转出', en: 'Hand-over taken back' },
  recalled: { zh: '转出区已收回', en: 'Taken back by the district before' },
  relinked: { zh: '更换报告链接', en: 'Report link replaced' },
}
