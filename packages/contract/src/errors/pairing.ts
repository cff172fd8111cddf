import type { ErrorEntry } from './error-entry.ts'

/** Refusals in pairings of field and desk. */
export const pairingErrors = {
  UNKNOWN_PAIRING: {
    status: 404,
    retry: 'never',
    text: {
      zh: '没有这次结对，或验证码已失效。请对方重新发起。',
      en: 'There is no such pairing, or its code is no longer good. Ask for a new one.',
    },
  },
  UNKNOWN_PARTNER: {
    status: 422,
    retry: 'never',
    text: { zh: '本辖区没有这名后台搭档。', en: 'There is no such desk partner for this area.' },
  },
  PAIRING_BUSY: {
    status: 409,
    retry: 'never',
    text: {
      zh: '您正在另一次结对中，请先结束。',
      en: 'You are in another pairing. End that one first.',
    },
  },
  PAIRING_ENDED: {
    status: 409,
    retry: 'never',
    text: { zh: '这次结对已经结束，请重新发起。', en: 'This pairing has ended. Open a new one.' },
  },
  PAIRING_NOT_YOURS_TO_SAY: {
    status: 422,
    retry: 'never',
    text: {
      zh: '提问由现场一方提出，回答由后台一方给出。',
      en: 'The field asks, and the desk answers; not the other way round.',
    },
  },
  UNKNOWN_QUESTION: {
    status: 422,
    retry: 'never',
    text: { zh: '这次结对里没有这个问题。', en: 'There is no such question in this pairing.' },
  },
  PAIRING_SUBJECT_MISSING: {
    status: 422,
    retry: 'never',
    text: {
      zh: '提问时没有给出车牌、证件或电话，无法查询。',
      en: 'No plate, document or phone was named before this question, so that nothing can be looked up.',
    },
  },
  PAIRING_SUBJECT_OF_OTHER_KIND: {
    status: 422,
    retry: 'never',
    text: {
      zh: '隔离决定按证件或电话查，住户按住址、证件或电话查。请现场先告知，再提问。',
      en: 'Orders are looked up by document or phone, households by address, document or phone. Let the field name one, then ask again.',
    },
  },
  PAIRING_ADDRESS_UNCLEAR: {
    status: 422,
    retry: 'never',
    text: {
      zh: '住址里看不出小区和门牌。请现场按“小区 几栋 几单元 几室”告知，再提问。',
      en: 'The address names no estate and door. Let the field name it as “estate, building, stair, door”, then ask again.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
