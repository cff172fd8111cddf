import type { Bilingual } from '@guankou/contract/primitives.ts'
import type { CalledKind, CallOutcome } from '@guankou/contract/worklists/vocabulary.ts'

/** What is said on the phone: a greeting, questions that take a yes or a no, and a word at the end. */
export type CallScript = {
  readonly greeting: Bilingual
  readonly questions: readonly Bilingual[]
  readonly end: Bilingual
}

const greeting = (what: Bilingual): Bilingual => ({
  zh: `您好，这里是疫情防控排查组。${what.zh}，想向您核实几个问题，只用于疫情防控，大约两分钟。请问现在方便吗？`,
  en: `Hello, this is the epidemic screening team. ${what.en}, and I would like to ask you a few questions. The answers serve health protection alone and take two minutes. Is now a good time?`,
})

const symptoms: Bilingual = {
  zh: '您或同行的人现在有发热、咳嗽、乏力或呼吸困难吗？',
  en: 'Do you, or does anyone with you, have fever, a cough, fatigue or trouble breathing?',
}
const exposure: Bilingual = {
  zh: '过去 14 天，您去过公布的疫情地区，或接触过从那里来的人吗？',
  en: 'In the past 14 days, were you in an area that was announced as affected, or with anyone from there?',
}
const contact: Bilingual = {
  zh: '过去 14 天，您接触过确诊病人或发热病人吗？',
  en: 'In the past 14 days, were you with anyone confirmed as infected, or with a fever?',
}
const stays: Bilingual = { zh: '您现在还在本市吗？', en: 'Are you still in this city?' }
const needs: Bilingual = {
  zh: '您需要口罩、药品或其他帮助吗？',
  en: 'Do you need masks, medicine or other help?',
}

const end: Bilingual = {
  zh: '谢谢您的配合。如有发热或不适，请先戴口罩，并拨打 120 或就近到发热门诊。',
  en: 'Thank you. If you get a fever or feel unwell, put on a mask, and call 120 or go to the nearest fever clinic.',
}

export const callScripts: Readonly<Record<CalledKind, CallScript>> = {
  'hotel-guests': {
    greeting: greeting({ zh: '您近日入住本市酒店', en: 'You stayed at a hotel here' }),
    questions: [stays, symptoms, exposure, contact, needs],
    end,
  },
  vehicles: {
    greeting: greeting({ zh: '您的车辆近日进入本市', en: 'Your vehicle came into the city' }),
    questions: [
      { zh: '那天是您本人驾驶这辆车吗？', en: 'Did you drive the vehicle yourself that day?' },
      { zh: '车上还有其他人吗？', en: 'Was anyone else in the vehicle?' },
      stays,
      symptoms,
      exposure,
    ],
    end,
  },
  travellers: {
    greeting: greeting({
      zh: '您近日乘坐的班次需要回访',
      en: 'We are calling everyone on a service you took',
    }),
    questions: [
      { zh: '同车厢或邻座有人咳嗽、发热吗？', en: 'Did anyone near you cough or look feverish?' },
      symptoms,
      exposure,
      contact,
      stays,
    ],
    end,
  },
  'other-city': {
    greeting: greeting({ zh: '外市请我们协助与您联系', en: 'Another city asked us to reach you' }),
    questions: [stays, symptoms, exposure, contact, needs],
    end,
  },
  rescreen: {
    greeting: greeting({
      zh: '您近日通过我市查验点，公布的疫情地区有了变化',
      en: 'You came through a checkpoint here, and the areas that are announced as affected have changed',
    }),
    questions: [stays, symptoms, exposure, contact, needs],
    end,
  },
}

/** Keys by which outcomes are chosen without a mouse. */
export const outcomeKeys: Readonly<Record<CallOutcome, string>> = {
  'reached-healthy': '1',
  symptoms: '2',
  'no-answer': '3',
  'call-later': '4',
  'wrong-number': '5',
  refused: '6',
  'left-city': '7',
  visit: '8',
}
