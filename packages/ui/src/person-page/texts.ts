import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { ConveyanceKind, DocumentKind, EvidenceKind } from '@guankou/contract/screening/vocabulary.ts'

/** Words of the person's page, the same on a phone, at a desk and on paper. */
export const personPageTexts = {
  held: { zh: '存了什么', en: 'What is held' },
  nothingNamed: {
    zh: '没有登记姓名、证件、电话和车牌。',
    en: 'Neither name, document, phone nor plate was recorded.',
  },
  identityGone: {
    zh: '身份信息已销毁，无法恢复。',
    en: 'The identity is destroyed and cannot be read again.',
  },
  reveal: { zh: '显示', en: 'Show' },
  cover: { zh: '遮住', en: 'Cover' },
  correctedOn: { zh: '{{day}} 更正为', en: 'Corrected on {{day}} to' },
  asRecorded: { zh: '原登记保留不改', en: 'the record stays as it was' },
  screening: { zh: '这次查验', en: 'This screening' },
  code: { zh: '凭条码', en: 'Code on the slip' },
  when: { zh: '时间', en: 'Time' },
  where: { zh: '地点', en: 'Place' },
  lane: { zh: '{{lane}} 车道', en: 'lane {{lane}}' },
  how: { zh: '交通方式', en: 'Came by' },
  document: { zh: '证件种类', en: 'Kind of document' },
  origin: { zh: '来源地', en: 'Came from' },
  by: { zh: '依据：{{evidence}}', en: 'by {{evidence}}' },
  stays: { zh: '到过的地区', en: 'Places stayed at' },
  stay: { zh: '{{area}}，{{day}} 离开', en: '{{area}}, left on {{day}}' },
  contact: { zh: '接触过病人', en: 'Contact with someone ill' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
  none: { zh: '无', en: 'none' },
  temperature: { zh: '体温', en: 'Temperature' },
  under: { zh: '低于阈值', en: 'under the line' },
  notMeasured: { zh: '未测', en: 'not measured' },
  symptoms: { zh: '症状', en: 'Symptoms' },
  outcome: { zh: '结果与原因', en: 'Outcome, and why' },
  rules: { zh: '按当时的规则第 {{version}} 版', en: 'By the rules of that hour, version {{version}}' },
  noRule: { zh: '没有一条规则要求更多。', en: 'No rule asked for more.' },
  quarantine: { zh: '隔离天数', en: 'Days of quarantine' },
  quarantineFromExposure: {
    zh: '自离开风险地区之日 {{from}} 起算 {{days}} 天，到 {{last}} 为止。',
    en: '{{days}} days from {{from}}, the last day at a place at risk, until {{last}}.',
  },
  quarantineFromScreening: {
    zh: '自查验之日 {{from}} 起算 {{days}} 天，到 {{last}} 为止。',
    en: '{{days}} days from {{from}}, the day of the screening, until {{last}}.',
  },
  quarantineToday: { zh: '今天是第 {{today}} 天。', en: 'Today is day {{today}}.' },
  quarantineOver: { zh: '天数已满。', en: 'The days are over.' },
  quarantineNote: {
    zh: '这是按查验时登记的情况计算的；如另有书面通知，以通知为准。',
    en: 'Worked out from what was recorded at the screening; a written order, where there is one, counts.',
  },
  until: { zh: '保存到什么时候', en: 'How long it is held' },
  identity: { zh: '身份信息', en: 'Identity' },
  findings: {
    zh: '查验情况（销毁身份后不含姓名）',
    en: 'Findings (without a name once the identity is gone)',
  },
  heldUntil: { zh: '{{day}} 销毁', en: 'destroyed on {{day}}' },
  destroyedOn: { zh: '已于 {{day}} 销毁', en: 'was destroyed on {{day}}' },
  certificate: { zh: '销毁证明编号 {{id}}', en: 'certificate no. {{id}}' },
  publicKey: { zh: '核验公钥 {{key}}', en: 'to be checked with the key {{key}}' },
  seen: { zh: '谁看过，为什么', en: 'Who looked, and why' },
  seenNone: { zh: '没有人查阅过。', en: 'Nobody has looked.' },
  seenWhen: { zh: '时间', en: 'Time' },
  seenRole: { zh: '岗位', en: 'Role' },
  seenWhy: { zh: '目的', en: 'Purpose' },
  seenHow: { zh: '方式', en: 'How' },
  seenWhat: { zh: '内容', en: 'What' },
  seenReason: { zh: '事由：{{reason}}', en: 'Reason: {{reason}}' },
  others: { zh: '同一证件的其他查验', en: 'Other screenings of the same document' },
  more: { zh: '还有更早的，服务台可以打印。', en: 'There are earlier ones; a desk can print them.' },
  openings: { zh: '本页被打开的时间', en: 'When this page was opened' },
  openingsHint: {
    zh: '如果不是您本人，请到服务台说明，并妥善保管凭条。',
    en: 'If one of these was not you, tell a desk, and keep the slip safe.',
  },
  requests: { zh: '我的申请', en: 'My requests' },
  askedOn: { zh: '{{day}} 提出，{{due}} 前答复', en: 'Asked on {{day}}, answered by {{due}}' },
  answer: { zh: '答复', en: 'Answer' },
  textGone: { zh: '文字已按期销毁。', en: 'The text was destroyed in time.' },
  asOf: { zh: '截至 {{time}}，{{city}}', en: 'As of {{time}}, {{city}}' },
} as const satisfies Readonly<Record<string, Bilingual>>

export const conveyanceNames: Readonly<Record<ConveyanceKind, Bilingual>> = {
  car: { zh: '小客车', en: 'car' },
  coach: { zh: '大客车', en: 'coach' },
  truck: { zh: '货车', en: 'truck' },
  motorcycle: { zh: '摩托车', en: 'motorcycle' },
  train: { zh: '火车', en: 'train' },
  ferry: { zh: '轮渡', en: 'ferry' },
  flight: { zh: '飞机', en: 'flight' },
  'on-foot': { zh: '步行', en: 'on foot' },
}

export const documentNames: Readonly<Record<DocumentKind, Bilingual>> = {
  'resident-id': { zh: '居民身份证', en: 'resident identity card' },
  passport: { zh: '护照', en: 'passport' },
  'hk-macao-permit': { zh: '港澳居民通行证', en: 'Hong Kong or Macao permit' },
  'taiwan-permit': { zh: '台湾居民通行证', en: 'Taiwan permit' },
  other: { zh: '其他', en: 'other' },
  none: { zh: '没有', en: 'none' },
}

export const evidenceNames: Readonly<Record<EvidenceKind, Bilingual>> = {
  declared: { zh: '本人陈述', en: 'own statement' },
  ticket: { zh: '车票', en: 'ticket' },
  plate: { zh: '车牌', en: 'plate' },
  document: { zh: '证件', en: 'document' },
  certificate: { zh: '证明', en: 'certificate' },
}
