import type { PrintedPaper } from '@guankou/contract/quarantine/endpoints.ts'
import { quarantineFieldNames } from '@guankou/contract/quarantine/people.ts'
import { quarantineSiteNames, releaseReasonNames } from '@guankou/contract/quarantine/vocabulary.ts'
import { utcOffsetMinutes } from '@guankou/domain/places/calendar.ts'
import type { PaperPart, TwoTexts } from '#src/print/paper.ts'
import type { FollowedEpisode } from '#src/use-cases/quarantine/episode-scope.ts'
import type { OpenedPerson } from '#src/use-cases/quarantine/seal-person.ts'

/** What a paper is written from. */
export type PaperFacts = {
  readonly followed: FollowedEpisode
  readonly person: OpenedPerson
  readonly city: TwoTexts
  readonly district: TwoTexts
  readonly responseName: TwoTexts
  /** Of the page on which the person reports. */
  readonly link: string
  /** The page on which anyone checks the certificate, and what it is checked by. */
  readonly check: { readonly page: string; readonly code: () => string }
  readonly printedAtMs: number
}

type Row = readonly [name: TwoTexts, value: string]
const both = ({ zh, en }: TwoTexts): string => `${zh} ${en}`
const row = (zh: string, en: string, value: string): Row => [{ zh, en }, value]

/** Day and minute in the time of the place. */
const minute = (timeZone: string, atMs: number): string =>
  new Date(atMs + utcOffsetMinutes(timeZone, atMs) * 60_000).toISOString().slice(0, 16).replace('T', ' ')

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

const personRows = ({ person }: PaperFacts): readonly Row[] => [
  [quarantineFieldNames.name, person.name ?? '—'],
  [quarantineFieldNames.document, person.document ?? '—'],
]

/** The number of an order as papers print it. */
export const numberOnPaper = (quarantineId: string): string => quarantineId.slice(-12).toUpperCase()

const numberRow = ({ followed }: PaperFacts): Row => row('编号', 'No.', numberOnPaper(followed.order.id))

/** Whom to call is written in by hand: the system holds no numbers of offices. */
const phoneRow = row('联系电话（手写）', 'Whom to call (by hand)', '________________')

const issuedRows = ({ city, district, followed, printedAtMs }: PaperFacts): readonly Row[] => [
  row('出具', 'Issued by', `${both(city)} · ${both(district)}`),
  row('打印时间', 'Printed', minute(followed.order.timeZone, printedAtMs)),
  phoneRow,
]

const noticeRows = (facts: PaperFacts): readonly Row[] => {
  const { order, episode } = facts.followed
  const windows = order.plan.windows.map((each) => `${clock(each.fromMinute)}–${clock(each.untilMinute)}`)
  return [
    numberRow(facts),
    ...personRows(facts),
    [quarantineFieldNames.address, facts.person.address ?? '—'],
    row('应对', 'Response', both(facts.responseName)),
    row('隔离方式', 'Where to stay', both(quarantineSiteNames[order.site])),
    row('下达时间', 'Ordered', minute(order.timeZone, order.orderedAtMs)),
    row('起算日（第 0 天）', 'Day 0', order.countedFrom),
    row('最后一天', 'Last day', episode.lastDay),
    row('期满时间', 'Free from', minute(order.timeZone, episode.releaseDueAtMs)),
    row('报告时段', 'When to report', windows.join('  ')),
    row('依据', 'Legal basis', both(order.plan.legalBasis)),
    ...issuedRows(facts),
  ]
}

/** What is asked of the person, and what they may ask. */
const noticeTexts: readonly PaperPart[] = [
  {
    is: 'text',
    text: {
      zh: '请在上述期间留在上述地点，并在每个报告时段报告一次。需要就医、检测或因急事外出，请先联系社区；紧急情况请直接拨打 120。需要食品、药品、就医或照护，可在报告页提出，社区会回复。',
      en: 'Please stay at this place until then, and report once in each period. Call your community before you leave for hospital, a test or anything urgent; in an emergency call 120. Ask on the page of the report for food, medicine, a doctor or care; your community will answer.',
    },
  },
  {
    is: 'text',
    text: {
      zh: '您可以要求说明、更正，也可以对本决定提出异议。信息只用于本次隔离，加密保存，到期销毁；谁查看过您的信息，在报告页可以看到。',
      en: 'You may ask for an explanation or a correction, and contest this decision. What is held serves this quarantine alone, is sealed, and is destroyed in time; the page of the report shows who looked.',
    },
  },
]

const noticeParts = (facts: PaperFacts): readonly PaperPart[] => [
  { is: 'title', text: { zh: '隔离医学观察告知书', en: 'Notice of quarantine' } },
  { is: 'facts', rows: noticeRows(facts) },
  ...noticeTexts,
  {
    is: 'code',
    content: facts.link,
    text: {
      zh: '扫码报告体温和症状、提出求助。不需要账号；隔离结束后自动失效。请勿把二维码转给他人。没有手机，请在报告时段致电社区。',
      en: 'Scan to report temperature and symptoms, or to ask for help. No account is needed; it ends with the quarantine. Keep the code to yourself. Without a phone, call your community in each period.',
    },
  },
  {
    is: 'lines',
    names: [
      { zh: '送达人', en: 'Delivered by' },
      { zh: '本人签收', en: 'Received by' },
      { zh: '日期', en: 'Date' },
    ],
  },
]

const certificateParts = (facts: PaperFacts): readonly PaperPart[] => {
  const { order, episode } = facts.followed
  const { host } = new URL(facts.check.page)
  const { endedAtMs = order.orderedAtMs, endReason = 'completed', dayNumber } = episode
  return [
    { is: 'title', text: { zh: '解除隔离医学观察证明', en: 'Certificate of release from quarantine' } },
    {
      is: 'facts',
      rows: [
        numberRow(facts),
        ...personRows(facts),
        row('应对', 'Response', both(facts.responseName)),
        row('隔离方式', 'Where', both(quarantineSiteNames[order.site])),
        row('下达时间', 'Ordered', minute(order.timeZone, order.orderedAtMs)),
        row('起算日（第 0 天）', 'Day 0', order.countedFrom),
        row('解除时间', 'Released', minute(order.timeZone, endedAtMs)),
        row('第几天解除', 'On day', String(dayNumber)),
        row('原因', 'Reason', both(releaseReasonNames[endReason])),
        row('依据', 'Legal basis', both(order.plan.legalBasis)),
        ...issuedRows(facts),
      ],
    },
    {
      is: 'text',
      text: {
        zh: '上述人员自解除时间起不再受本次隔离限制。本证明不是通行凭证，不得用于其他用途。',
        en: 'From the time of release the person is no longer held by this quarantine. This certificate is no pass and serves no other purpose.',
      },
    },
    {
      is: 'code',
      content: `${facts.check.page}#${facts.check.code()}`,
      text: {
        zh: `核验真伪：任何人扫码即可，不需要账号。请先看清打开的网址属于 ${host}，再与纸面核对编号、解除时间、姓氏和证件末位；不显示完整身份。扫不出、显示不是本市签发，或与纸面不符的，请致电出具单位。`,
        en: `To check that this is genuine, anyone may scan the code; no account is needed. See first that the page belongs to ${host}, then compare number, time of release, family name and the end of the document with this paper; the full identity is not shown. If it cannot be read, is not signed by this city, or says something else, call the issuer.`,
      },
    },
    {
      is: 'lines',
      names: [
        { zh: '出具人', en: 'Issued by' },
        { zh: '盖章', en: 'Seal' },
      ],
    },
  ]
}

/** The parts of a paper, from top to bottom. */
export const paperParts = (paper: PrintedPaper, facts: PaperFacts): readonly PaperPart[] =>
  paper === 'notice' ? noticeParts(facts) : certificateParts(facts)
