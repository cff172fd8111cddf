import type { ErrorEntry } from './error-entry.ts'

/** Refusals around tests, results and budgets. */
export const testingErrors = {
  TEST_NOT_OF_SCREENING: {
    status: 422,
    retry: 'never',
    text: {
      zh: '采样时间早于查验，或晚于查验 48 小时以上。',
      en: 'The test lies before the screening, or more than 48 hours after it.',
    },
  },
  SAMPLE_NOT_TAKEN: {
    status: 422,
    retry: 'never',
    text: { zh: '没有采样就没有样本编号。', en: 'Where no sample was taken there is no sample code.' },
  },
  SAMPLE_CODE_TAKEN: {
    status: 409,
    retry: 'never',
    text: { zh: '这个样本编号已用于另一份样本。', en: 'This sample code belongs to another sample.' },
  },
  UNKNOWN_SAMPLE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '本辖区没有这份样本，或没有采样。',
      en: 'There is no such sample in this area, or none was taken.',
    },
  },
  RESULT_BEFORE_SAMPLE: {
    status: 422,
    retry: 'never',
    text: { zh: '结果时间早于采样，或在将来。', en: 'The result lies before the sample, or in the future.' },
  },
  RESULT_UNREADABLE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '这一行须有样本编号、结果（positive、negative、invalid 或 阳性、阴性、无效）和结果时间。',
      en: 'A row needs a sample code, a result (positive, negative, invalid) and the time of the result.',
    },
  },
  RESULT_FILE_UNREADABLE: {
    status: 422,
    retry: 'never',
    text: {
      zh: '文件不是 CSV，或缺少 sample_code、result、resulted_at 列。',
      en: 'The file is not CSV, or a column is missing: sample_code, result, resulted_at.',
    },
  },
  BUDGET_OVERTAKEN: {
    status: 409,
    retry: 'never',
    text: {
      zh: '有人先改了这个点位的检测量，请刷新后再改。',
      en: 'Somebody else changed the budget of this post first; look again.',
    },
  },
  BUDGET_OF_PAST_DAY: {
    status: 422,
    retry: 'never',
    text: { zh: '过去的日子不能再改。', en: 'Days that are over cannot be changed.' },
  },
  TESTING_SETTINGS_OVERTAKEN: {
    status: 409,
    retry: 'never',
    text: {
      zh: '有人先改了检测设置，请刷新后再改。',
      en: 'Somebody else changed how tests are given first; look again.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
