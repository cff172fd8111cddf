import type { Bilingual } from '../primitives.ts'
import type { ExposureLevel, FeverLevel } from '../responses/response.ts'
import type { ConveyanceKind, DocumentKind } from './vocabulary.ts'

export const documentKindNames: Readonly<Record<DocumentKind, Bilingual>> = {
  'resident-id': { zh: '居民身份证', en: 'Resident identity card' },
  passport: { zh: '护照', en: 'Passport' },
  'hk-macao-permit': { zh: '港澳通行证', en: 'Hong Kong and Macao permit' },
  'taiwan-permit': { zh: '台湾通行证', en: 'Taiwan permit' },
  other: { zh: '其他证件', en: 'Other' },
  none: { zh: '无证件', en: 'None' },
}

export const feverNames: Readonly<Record<FeverLevel, Bilingual>> = {
  none: { zh: '无', en: 'None' },
  suspected: { zh: '一次超阈值', en: 'One reading over' },
  confirmed: { zh: '复测确认', en: 'Confirmed' },
}

export const exposureNames: Readonly<Record<ExposureLevel, Bilingual>> = {
  none: { zh: '无', en: 'None' },
  'medium-risk-area': { zh: '中风险地区', en: 'Medium-risk area' },
  'high-risk-area': { zh: '高风险地区', en: 'High-risk area' },
  contact: { zh: '接触过病例', en: 'Contact with a case' },
}

export const conveyanceKindNames: Readonly<Record<ConveyanceKind, Bilingual>> = {
  car: { zh: '小型车', en: 'Car' },
  coach: { zh: '客车', en: 'Coach' },
  truck: { zh: '货车', en: 'Truck' },
  motorcycle: { zh: '摩托车', en: 'Motorcycle' },
  train: { zh: '火车', en: 'Train' },
  ferry: { zh: '轮渡', en: 'Ferry' },
  flight: { zh: '航班', en: 'Flight' },
  'on-foot': { zh: '步行', en: 'On foot' },
}
