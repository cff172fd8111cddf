import type { Bilingual } from '../primitives.ts'
import type { Role } from '../roles.ts'

/** Why somebody comes on duty without a health check, or puts clocking in off. */
export const skipReasons = ['checked-elsewhere', 'no-thermometer', 'vehicles-waiting', 'not-on-duty'] as const
export type SkipReason = (typeof skipReasons)[number]

export const skipReasonNames: Readonly<Record<SkipReason, Bilingual>> = {
  'checked-elsewhere': { zh: '已在别处检查', en: 'Checked elsewhere' },
  'no-thermometer': { zh: '没有体温计', en: 'No thermometer' },
  'vehicles-waiting': { zh: '车辆在等', en: 'Vehicles are waiting' },
  'not-on-duty': { zh: '不是来上岗', en: 'Not here for duty' },
}

/** Symptoms that officers are asked for, whatever is going round. */
export const officerSymptoms = [
  'cough',
  'sore-throat',
  'short-of-breath',
  'muscle-pain',
  'vomiting-or-diarrhoea',
  'rash',
  'bleeding',
] as const
export type OfficerSymptom = (typeof officerSymptoms)[number]

export const officerSymptomNames: Readonly<Record<OfficerSymptom, Bilingual>> = {
  cough: { zh: '咳嗽', en: 'Cough' },
  'sore-throat': { zh: '咽痛', en: 'Sore throat' },
  'short-of-breath': { zh: '气促', en: 'Short of breath' },
  'muscle-pain': { zh: '肌肉酸痛', en: 'Muscle pain' },
  'vomiting-or-diarrhoea': { zh: '呕吐或腹泻', en: 'Vomiting or diarrhoea' },
  rash: { zh: '皮疹', en: 'Rash' },
  bleeding: { zh: '不明出血', en: 'Unexplained bleeding' },
}

/** Why a post asks for officers. */
export const reinforcementReasons = ['long-queue', 'many-fevers', 'crew-short', 'order', 'other'] as const
export type ReinforcementReason = (typeof reinforcementReasons)[number]

export const reinforcementReasonNames: Readonly<Record<ReinforcementReason, Bilingual>> = {
  'long-queue': { zh: '排队太长', en: 'Long queue' },
  'many-fevers': { zh: '发热人员多', en: 'Many fevers' },
  'crew-short': { zh: '人手不够', en: 'Crew is short' },
  order: { zh: '秩序维护', en: 'Keeping order' },
  other: { zh: '其他', en: 'Something else' },
}

/** What a post runs on. */
export const supplyItems = [
  'masks',
  'gloves',
  'gowns',
  'goggles',
  'disinfectant',
  'thermometers',
  'batteries',
  'test-kits',
  'forms',
  'water',
] as const
export type SupplyItem = (typeof supplyItems)[number]

export const supplyNames: Readonly<Record<SupplyItem, Bilingual>> = {
  masks: { zh: '口罩（只）', en: 'Masks' },
  gloves: { zh: '手套（双）', en: 'Gloves, pairs' },
  gowns: { zh: '防护服（件）', en: 'Gowns' },
  goggles: { zh: '护目镜（副）', en: 'Goggles' },
  disinfectant: { zh: '消毒液（升）', en: 'Disinfectant, litres' },
  thermometers: { zh: '体温计（支）', en: 'Thermometers' },
  batteries: { zh: '电池（节）', en: 'Batteries' },
  'test-kits': { zh: '采样管（支）', en: 'Sampling kits' },
  forms: { zh: '纸质登记表（张）', en: 'Paper forms' },
  water: { zh: '饮用水（瓶）', en: 'Water, bottles' },
}

/** Who works at a post and sees how it runs there. */
export const crewRoles: readonly Role[] = ['inspector', 'post-lead']
/** Who sends officers to a post. */
export const senderRoles: readonly Role[] = ['post-lead', 'duty-planner', 'commander']
