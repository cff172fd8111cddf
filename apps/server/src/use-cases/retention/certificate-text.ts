import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { CertificateContent, RemainingKind } from '@guankou/contract/retention/certificate.ts'
import type { RetainedClass } from '@guankou/contract/retention/policy.ts'

const classNames: Readonly<Record<RetainedClass, Bilingual>> = {
  identity: { zh: '身份', en: 'identities' },
  health: { zh: '健康', en: 'findings' },
}

const remaining: Readonly<Record<RemainingKind, Bilingual>> = {
  'roll-ups': { zh: '汇总数字', en: 'roll-ups: counts of no person' },
  findings: { zh: '不含身份的查验结果', en: 'findings without identities, until their own day' },
  audit: { zh: '审计记录', en: 'the audit' },
  'key-records': {
    zh: '密钥曾经存在及销毁时间的记录',
    en: 'that each key existed, and when it was destroyed',
  },
}

/** A certificate as people read and file it, in Chinese and English. @param publicKey  the key that signed it */
export const certificateText = (content: CertificateContent, publicKey: Buffer): string => {
  const total = (count: (day: CertificateContent['days'][number]) => number): number =>
    content.days.reduce((sum, day) => sum + count(day), 0)
  const days = content.days.map(
    (day) =>
      `  ${day.day}  ${day.jurisdiction}  ${classNames[day.dataClass].zh} ${classNames[day.dataClass].en}` +
      `  ${day.vehicles} 车 vehicles, ${day.travellers} 人 travellers, ${day.fields} 项 fields` +
      `  ${day.destroyedAt}${day.keyFingerprint === null ? '' : `  ${day.keyFingerprint}`}`,
  )
  return [
    '数据销毁证明 · Certificate of destruction',
    '',
    `${content.city.zh} · ${content.city.en}`,
    `编号 Number: ${content.id}`,
    `出具时间 Issued: ${content.issuedAt}`,
    `执行者 By: ${content.by}`,
    '',
    '下列日期的数据已销毁；身份数据的密钥已覆写删除，任何副本和备份均不能再打开。',
    'What these days held was destroyed. The keys of identities were overwritten and removed: no copy and no backup of the database opens them.',
    '',
    ...days,
    '',
    `合计 Total: ${content.days.length} 日 days, ${total((day) => day.vehicles)} 车 vehicles, ${total((day) => day.travellers)} 人 travellers, ${total((day) => day.fields)} 项 fields`,
    '',
    '保留的内容 What remains:',
    ...content.remains.map((kind) => `  ${remaining[kind].zh} · ${remaining[kind].en}`),
    '',
    `签名公钥 Signed with (Ed25519): ${publicKey.toString('base64')}`,
    '核验 To check: guankou retention verify-certificate FILE --public-key KEY',
    '',
  ].join('\n')
}
