import type { ErrorEntry } from './error-entry.ts'

/** Refusals of the person's own page and of the requests made there. */
export const subjectAccessErrors = {
  SLIP_CODE_MISTYPED: {
    status: 422,
    retry: 'never',
    text: {
      zh: '凭条码抄写有误：它由十二位字母和数字组成，不含 I、L、O、U。',
      en: 'The code is mistyped: it has twelve letters and digits, and never I, L, O or U.',
    },
  },
  SLIP_NOT_OPENED: {
    status: 404,
    retry: 'never',
    text: {
      zh: '凭条码与末四位不相符，或此页不能在网上打开。可以到任一服务台，当面核对后打印。',
      en: 'Code and characters do not go together, or this page cannot be opened online. Any desk can print it after checking in person.',
    },
  },
  SLIP_TRIES_PAUSED: {
    status: 429,
    retry: 'later',
    text: {
      zh: '连续多次不相符，请稍后再试。',
      en: 'It was wrong several times in a row; wait before the next try.',
    },
  },
  SLIP_CODE_CLOSED: {
    status: 403,
    retry: 'never',
    text: {
      zh: '此码试错太多，已停止网上打开。请到任一服务台当面核对，服务台可以打印并重新启用。',
      en: 'This code was tried too often and opens nothing online any more. A desk can print your page after checking in person, and makes the code work again.',
    },
  },
  SUBJECT_PAGE_ENDED: {
    status: 401,
    retry: 'never',
    text: {
      zh: '页面已关闭。请重新输入凭条码和末四位。',
      en: 'This page has closed. Enter the code and the last four characters again.',
    },
  },
  REQUEST_LIMIT_REACHED: {
    status: 409,
    retry: 'never',
    text: {
      zh: '您还有多项申请等待答复，答复后才能再提。',
      en: 'Several of your requests still wait for an answer; you can ask again once they are answered.',
    },
  },
  UNKNOWN_REQUEST: {
    status: 404,
    retry: 'never',
    text: { zh: '没有这项申请。', en: 'There is no such request.' },
  },
  REQUEST_NOT_YOURS: {
    status: 403,
    retry: 'never',
    text: {
      zh: '这项申请不由您的岗位办理。',
      en: 'This request is not for your role to decide.',
    },
  },
  REQUEST_ALREADY_ANSWERED: {
    status: 409,
    retry: 'never',
    text: { zh: '这项申请已有新的办理记录，请刷新。', en: 'This request has moved on; read it again.' },
  },
  CORRECTION_MISSING: {
    status: 422,
    retry: 'never',
    text: {
      zh: '同意更正时，请写明更正后的内容。',
      en: 'To grant a correction, say what it is corrected to.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
