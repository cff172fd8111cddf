import type { DeclarableResponse } from '@guankou/contract/declarations/endpoints.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import { addDays } from '#src/places/calendar.ts'

/** What a person is asked, in the order asked. */
export type QuestionId = 'name' | 'document' | 'phone' | 'origin' | 'stays' | 'contact' | 'symptoms'

/** How an answer is given: on screen by this kind of field, on paper by the same kind of line or box. */
export type AnswerKind = 'text' | 'document' | 'place' | 'stays' | 'yes-no' | 'some-of'

export type Question = {
  readonly id: QuestionId
  readonly answer: AnswerKind
  readonly text: Bilingual
  readonly hint: Bilingual
  /** What can be chosen; empty where the answer is free. */
  readonly choices: readonly { readonly code: string; readonly name: Bilingual }[]
}

const question = (
  id: QuestionId,
  answer: AnswerKind,
  text: Bilingual,
  hint: Bilingual,
  choices: Question['choices'] = [],
): Question => ({ id, answer, text, hint, choices })

const voluntary: Bilingual = { zh: '可以不填。', en: 'May be left empty.' }

const whoAndFrom: readonly Question[] = [
  question('name', 'text', { zh: '姓名', en: 'Name' }, voluntary),
  question(
    'document',
    'document',
    { zh: '证件', en: 'Document' },
    {
      zh: '没带证件、儿童没有证件都可以，请选“无证件”。',
      en: 'Without papers, as children often are: choose “None”.',
    },
  ),
  question('phone', 'text', { zh: '电话', en: 'Phone' }, voluntary),
  question(
    'origin',
    'place',
    { zh: '从哪里出发', en: 'Where you set out from' },
    {
      zh: '这次出行的出发地，不是籍贯，也不是户籍。',
      en: 'Where this journey began; neither where you were born nor where you are registered.',
    },
  ),
]

/**
 * The one definition of what is asked: the portal, the paper form and the page for keying it in all follow it. What varies
 * with the response comes from its rules in force: how many days back, and which symptoms.
 * @param today  day in the city
 */
export const questionsOf = (
  { exposureWindowDays: days, symptoms }: Pick<DeclarableResponse, 'exposureWindowDays' | 'symptoms'>,
  today: string,
): readonly Question[] => {
  const since = addDays(today, -days)
  const list = symptoms.map(({ code, name }) => ({ code, name }))
  return [
    ...whoAndFrom,
    question(
      'stays',
      'stays',
      { zh: `${since} 以来到过的其他地方`, en: `Other places where you have been since ${since}` },
      {
        zh: `最近 ${days} 天住过或停留过的城市，以及离开的日期；没有就留空。`,
        en: `Cities where you stayed in the last ${days} days, with the day you left; leave empty if there were none.`,
      },
    ),
    question(
      'contact',
      'yes-no',
      {
        zh: `最近 ${days} 天接触过确诊病人吗？`,
        en: `Contact with a confirmed patient in the last ${days} days?`,
      },
      { zh: '如实回答即可，结论由现场检查员确认。', en: 'An inspector confirms every answer in person.' },
    ),
    ...(list.length === 0
      ? []
      : [
          question(
            'symptoms',
            'some-of',
            { zh: '现在有下列症状吗？', en: 'Do you have any of these now?' },
            { zh: '没有就不勾选。', en: 'Tick none if you have none.' },
            list,
          ),
        ]),
  ]
}
