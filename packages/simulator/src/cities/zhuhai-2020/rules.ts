import type { Rule, RuleSet } from '@guankou/contract/responses/response.ts'

/**
 * What a lead may decide otherwise. Nobody is turned back here, because no rule does: whoever may not pass is taken care
 * of in the city. What is milder than a rule lets one lead give takes two people.
 */
export const overridePolicy: NonNullable<RuleSet['overrides']> = {
  to: ['passed', 'advised', 'second-check', 'home-quarantine', 'central-quarantine', 'referred'],
  belowBound: 'second-person',
}

/**
 * Who counts as near a case: three rows before and behind on a flight, everyone in the carriage, coach or cabin elsewhere
 * (national guidance on close contacts, January 2020).
 */
export const nearRules: NonNullable<RuleSet['near']> = [
  { kind: 'flight', withinRows: 3 },
  { kind: 'train' },
  { kind: 'coach' },
  { kind: 'ferry' },
]

/** Asked of everybody; fever is left out because it is measured. */
export const respiratorySymptoms: RuleSet['symptoms'] = [
  { code: 'cough', name: { zh: '咳嗽', en: 'Cough' } },
  { code: 'breathlessness', name: { zh: '气促或呼吸困难', en: 'Breathlessness' } },
  { code: 'fatigue', name: { zh: '乏力', en: 'Fatigue' } },
  { code: 'sore-throat', name: { zh: '咽痛', en: 'Sore throat' } },
  { code: 'diarrhoea', name: { zh: '腹泻', en: 'Diarrhoea' } },
  { code: 'muscle-pain', name: { zh: '肌肉酸痛', en: 'Muscle pain' } },
]

/** Known as a sign of the disease only from about March 2020. */
export const lossOfSmell: RuleSet['symptoms'][number] = {
  code: 'loss-of-smell',
  name: { zh: '嗅觉或味觉减退', en: 'Loss of smell or taste' },
}

/** What the first version asks for. Each condition is a lower bound, as the contract wants it. */
export const firstRules: readonly Rule[] = [
  {
    id: 'R1',
    when: { feverAtLeast: 'confirmed' },
    disposition: 'referred',
    leadMayLowerTo: 'second-check',
    reason: {
      zh: '两次测温均达到发热标准，移交医护人员',
      en: 'Two readings show fever: hand over to medical staff',
    },
  },
  {
    id: 'R2',
    when: { exposureAtLeast: 'high-risk-area', symptomsAtLeast: 1 },
    disposition: 'referred',
    leadMayLowerTo: 'home-quarantine',
    reason: {
      zh: '曾在高风险地区停留或接触过病例，并有症状，移交医护人员',
      en: 'High-risk area or contact with a case, and symptoms: hand over to medical staff',
    },
  },
  {
    id: 'R3',
    when: { exposureAtLeast: 'contact' },
    disposition: 'central-quarantine',
    leadMayLowerTo: 'home-quarantine',
    reason: { zh: '接触过病例，集中隔离观察', en: 'Contact with a case: central quarantine' },
  },
  {
    id: 'R4',
    when: { exposureAtLeast: 'high-risk-area' },
    disposition: 'home-quarantine',
    leadMayLowerTo: 'home-quarantine',
    reason: {
      zh: '观察期内曾在高风险地区停留，居家隔离',
      en: 'Stay in a high-risk area in the window: home quarantine',
    },
  },
  {
    id: 'R5',
    when: { feverAtLeast: 'suspected' },
    disposition: 'second-check',
    leadMayLowerTo: 'advised',
    reason: {
      zh: '一次测温达到发热标准，等待后复测',
      en: 'One reading shows fever: measure again after the wait',
    },
  },
  {
    id: 'R6',
    when: { symptomsAtLeast: 1 },
    disposition: 'second-check',
    leadMayLowerTo: 'advised',
    reason: { zh: '自述有症状，由医护人员复核', en: 'Symptoms declared: second check by medical staff' },
  },
  {
    id: 'R7',
    when: { exposureAtLeast: 'medium-risk-area' },
    disposition: 'advised',
    reason: {
      zh: '观察期内曾在中风险地区停留，提醒自我观察',
      en: 'Stay in a medium-risk area: advised to watch own health',
    },
  },
]

/** Added by the fifth version: orders in force and other lists that phones carry. */
export const listedRules: readonly Rule[] = [
  {
    id: 'R10',
    when: { listed: ['quarantine-order'], listedConfirmed: true },
    disposition: 'home-quarantine',
    leadMayLowerTo: 'second-check',
    reason: {
      zh: '隔离令仍在有效期内，返回隔离地点',
      en: 'A quarantine order is in force: back to the place of quarantine',
    },
  },
  {
    id: 'R11',
    when: { listed: ['quarantine-order', 'contact-of-case'] },
    disposition: 'second-check',
    leadMayLowerTo: 'passed',
    reason: {
      zh: '可能在隔离或密接名单上，由带班领导核实',
      en: 'May be on a list of orders or contacts: the post lead finds out',
    },
  },
]

/** Added by the second version. */
export const stricterRules: readonly Rule[] = [
  {
    id: 'R8',
    when: { exposureAtLeast: 'high-risk-area', feverAtLeast: 'suspected' },
    disposition: 'referred',
    leadMayLowerTo: 'home-quarantine',
    reason: {
      zh: '曾在高风险地区停留或接触过病例，且一次测温达到发热标准，移交医护人员',
      en: 'High-risk area or contact with a case, and one reading shows fever: hand over to medical staff',
    },
  },
  {
    id: 'R9',
    when: { symptomsAtLeast: 3 },
    disposition: 'referred',
    leadMayLowerTo: 'second-check',
    reason: {
      zh: '自述三种及以上症状，移交医护人员',
      en: 'Three or more symptoms: hand over to medical staff',
    },
  },
]
