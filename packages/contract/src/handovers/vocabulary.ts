import type { Bilingual } from '../primitives.ts'
import type { Role } from '../roles.ts'

/** Who signs in the chain of custody, in order: each hand-over has one who gives and one who takes. */
export const custodySides = ['post-gives', 'transport-takes', 'transport-gives', 'clinic-takes'] as const
export type CustodySide = (typeof custodySides)[number]

export const custodySideNames: Readonly<Record<CustodySide, Bilingual>> = {
  'post-gives': { zh: '卡口交出', en: 'Post gives' },
  'transport-takes': { zh: '转运接收', en: 'Transport takes' },
  'transport-gives': { zh: '转运交出', en: 'Transport gives' },
  'clinic-takes': { zh: '发热门诊接收', en: 'Clinic takes' },
}

/** Who may sign where: no role has two parties, so that nobody signs for the other side. */
export const sidesOf: Readonly<Partial<Record<Role, readonly CustodySide[]>>> = {
  inspector: ['post-gives'],
  'post-lead': ['post-gives'],
  'transport-crew': ['transport-takes', 'transport-gives'],
  'clinic-staff': ['clinic-takes'],
}

/** Where the people are, or how it ended. */
export const handoverStates = ['at-post', 'with-transport', 'received', 'closed', 'cancelled'] as const
export type HandoverState = (typeof handoverStates)[number]

export const handoverStateNames: Readonly<Record<HandoverState, Bilingual>> = {
  'at-post': { zh: '在卡口待接', en: 'Waiting at the post' },
  'with-transport': { zh: '转运途中', en: 'On the way' },
  received: { zh: '门诊已接收', en: 'Received by the clinic' },
  closed: { zh: '已办结', en: 'Closed' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
}

/** What somebody is in a hand-over. `near`: sat near an index case by the rules of the response; named for follow-up, not taken along. */
export const handoverParts = ['index', 'companion', 'near'] as const
export type HandoverPart = (typeof handoverParts)[number]

export const handoverPartNames: Readonly<Record<HandoverPart, Bilingual>> = {
  index: { zh: '当事人', en: 'Index case' },
  companion: { zh: '同行人', en: 'Companion' },
  near: { zh: '邻近座位', en: 'Sat near' },
}

export const closeReasons = ['admitted', 'tested-and-released', 'sent-on', 'quarantined', 'other'] as const
export type CloseReason = (typeof closeReasons)[number]

export const closeReasonNames: Readonly<Record<CloseReason, Bilingual>> = {
  admitted: { zh: '留院诊治', en: 'Admitted' },
  'tested-and-released': { zh: '排除后离院', en: 'Examined and released' },
  'sent-on': { zh: '转往其他医院', en: 'Sent on to another hospital' },
  quarantined: { zh: '转集中隔离', en: 'Taken to central quarantine' },
  other: { zh: '其他', en: 'Other' },
}

export const cancelReasons = [
  'opened-by-mistake',
  'reading-refuted',
  'taken-by-ambulance',
  'refused',
  'left-the-post',
  'other',
] as const
export type CancelReason = (typeof cancelReasons)[number]

export const cancelReasonNames: Readonly<Record<CancelReason, Bilingual>> = {
  'opened-by-mistake': { zh: '误开', en: 'Opened by mistake' },
  'reading-refuted': { zh: '复测正常，不再移交', en: 'Measured again: no fever' },
  'taken-by-ambulance': { zh: '120 急救直接接走', en: 'Taken by an ambulance outside this app' },
  refused: { zh: '当事人拒绝', en: 'The person refused' },
  'left-the-post': { zh: '当事人离开卡口', en: 'The person left the post' },
  other: { zh: '其他', en: 'Other' },
}

export type HandoverReason = CloseReason | CancelReason

/** Whatever may end a hand-over, each once. */
export const handoverReasons: readonly [HandoverReason, ...HandoverReason[]] = [
  ...closeReasons,
  ...cancelReasons.filter((reason) => reason !== 'other'),
]

/** What may end a hand-over, in words. */
export const handoverReasonNames: Readonly<Record<HandoverReason, Bilingual>> = {
  ...cancelReasonNames,
  ...closeReasonNames,
}

/** Whom a hand-over that takes too long goes to, step by step. */
export const handoverEscalationRoles = ['post-lead', 'commander'] as const
export type HandoverEscalationRole = (typeof handoverEscalationRoles)[number]

/** Stages with a limit: waiting for transport, and on the way. */
export const timedStages = ['at-post', 'with-transport'] as const
export type TimedStage = (typeof timedStages)[number]

/** What does not fit in a chain; it is shown and refuses nothing, because a wrong clock must not cost a signature. */
export const custodyDoubts = ['time-runs-back', 'signature-missing', 'one-device'] as const
export type CustodyDoubtKind = (typeof custodyDoubts)[number]

export const custodyDoubtNames: Readonly<Record<CustodyDoubtKind, Bilingual>> = {
  'time-runs-back': {
    zh: '早于前一步签收，请核对设备时钟',
    en: 'Before the step ahead of it: check the clock of the device',
  },
  'signature-missing': { zh: '缺签收，或尚未上传', en: 'Signature missing, or not sent yet' },
  'one-device': { zh: '双方使用同一设备', en: 'Both sides on one device' },
}

/** What an examination of a signature found. */
export const signatureVerdicts = ['good', 'by-code', 'other-content', 'wrong'] as const
export type SignatureVerdict = (typeof signatureVerdicts)[number]

export const signatureVerdictNames: Readonly<Record<SignatureVerdict, Bilingual>> = {
  good: { zh: '签名有效', en: 'Signature holds' },
  'by-code': { zh: '签名有效（凭交接码）', en: 'Signature holds, made by the code alone' },
  'other-content': { zh: '签名与交接内容不符', en: 'Signed for other content' },
  wrong: { zh: '签名无效', en: 'Signature does not hold' },
}

/** Who sees hand-overs of an area; what each sees of the people in them differs. */
export const handoverReaders: readonly Role[] = [
  'inspector',
  'post-lead',
  'transport-crew',
  'clinic-staff',
  'duty-planner',
  'commander',
  'auditor',
]

/** Who has to know what was found: whoever stands beside the people, and who decides on them. */
export const handoverFindingsRoles: readonly Role[] = [
  'inspector',
  'post-lead',
  'transport-crew',
  'clinic-staff',
  'commander',
]

/** Who takes people over, and is shown the covered names of those who are handed to them. */
export const handoverTakers: readonly Role[] = ['transport-crew', 'clinic-staff']

export const closers: readonly Role[] = ['clinic-staff', 'post-lead', 'commander']
export const cancellers: readonly Role[] = ['inspector', 'post-lead', 'commander']
export const noters: readonly Role[] = [
  'inspector',
  'post-lead',
  'transport-crew',
  'clinic-staff',
  'commander',
]
