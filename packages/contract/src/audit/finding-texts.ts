import type { Bilingual } from '../primitives.ts'
import type { AuditFindingKind } from './finding.ts'

/** What each finding says to a person. */
export const auditFindingTexts: Readonly<Record<AuditFindingKind, Bilingual>> = {
  'entry-missing': { zh: '缺少条目', en: 'an entry was taken out' },
  'entry-inserted': { zh: '多出条目', en: 'an entry was put in' },
  'entries-changed': {
    zh: '条目被改动或调换',
    en: 'an entry of this link was changed or moved',
  },
  'entries-without-link': { zh: '条目不属于任何链节', en: 'entries that belong to no link' },
  'link-missing': { zh: '缺少链节', en: 'a link was taken out' },
  'link-changed': { zh: '链节被改动', en: 'the link was changed' },
  'link-unchained': { zh: '链节与前一节不相接', en: 'the link does not follow from the one before' },
  'end-differs': { zh: '链尾与最后一节不符', en: 'the end of the chain is not its last link' },
  'head-signature': { zh: '日链头签名不符', en: 'the signature of the daily head does not hold' },
  'head-key': { zh: '日链头由他人密钥签署', en: 'the daily head is signed with a key that is not ours' },
  'head-unchained': {
    zh: '日链头与前一日不相接',
    en: 'the daily head does not follow from the day before',
  },
  'head-day-missing': { zh: '缺少这一天的日链头', en: 'the daily head of this day is missing' },
  'head-removed': { zh: '曾签署的日链头不见了', en: 'a daily head that was signed is gone' },
  'head-inserted': {
    zh: '日链头未在链中登记',
    en: 'a daily head that the chain does not know of',
  },
  'head-changed': {
    zh: '日链头与当时签署的不同',
    en: 'the daily head is another one than was signed',
  },
  'head-entries': {
    zh: '条目数与日链头不符',
    en: 'the number of entries is not that of the daily head',
  },
  'chain-cut': { zh: '链尾被截去', en: 'the end of the chain was cut off' },
  'chain-rewritten': {
    zh: '链被改写：与日链头不符',
    en: 'the chain was written anew: it does not lead to the daily head',
  },
}
