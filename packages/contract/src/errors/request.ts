import type { ErrorEntry } from './error-entry.ts'

/** Refusals any call can meet. */
export const requestErrors = {
  INVALID_JSON: {
    status: 400,
    retry: 'never',
    text: { zh: '内容不是有效的 JSON。', en: 'The body is not valid JSON.' },
  },
  INVALID_INPUT: {
    status: 400,
    retry: 'never',
    text: {
      zh: '有一项内容不符合要求，请按提示更正。',
      en: 'A field is not as required; correct the one named.',
    },
  },
  MALFORMED_REQUEST: {
    status: 400,
    retry: 'never',
    text: { zh: '请求不符合 HTTP 规范。', en: 'The request is not HTTP as it should be.' },
  },
  REQUEST_TOO_SLOW: {
    status: 408,
    retry: 'later',
    text: { zh: '请求传输过慢，已中断。', en: 'The request took too long to arrive.' },
  },
  HEADERS_TOO_LARGE: {
    status: 431,
    retry: 'never',
    text: { zh: '请求头太大。', en: 'The headers of the request are too large.' },
  },
  UPLOAD_INFECTED: {
    status: 422,
    retry: 'never',
    text: {
      zh: '文件中发现恶意内容，未接收。',
      en: 'The scanner found something harmful in the file; it was not taken.',
    },
  },
  SCANNER_UNAVAILABLE: {
    status: 503,
    retry: 'later',
    text: {
      zh: '文件扫描服务暂不可用，文件未接收，请稍后再试。',
      en: 'The scanner of files does not answer; the file was not taken, try again later.',
    },
  },
  TEXT_NOT_WELL_FORMED: {
    status: 400,
    retry: 'never',
    text: {
      zh: '文字里有无法保存的字符，请重新输入。',
      en: 'The text holds characters that cannot be stored; enter it again.',
    },
  },
  NO_SUCH_ENDPOINT: {
    status: 404,
    retry: 'never',
    text: { zh: '没有这个地址。', en: 'There is nothing at this address.' },
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    retry: 'never',
    text: { zh: '此地址不接受这种请求。', en: 'This address does not take that method.' },
  },
  COMMAND_ID_REUSED: {
    status: 409,
    retry: 'never',
    text: { zh: '同一编号已用于另一条记录。', en: 'This id already belongs to a different record.' },
  },
  BODY_TOO_LARGE: {
    status: 413,
    retry: 'never',
    text: { zh: '内容太大，请分批发送。', en: 'The body is too large; send smaller batches.' },
  },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    retry: 'never',
    text: { zh: '请以 JSON 格式发送。', en: 'Send the body as JSON.' },
  },
  UNKNOWN_COMMAND_KIND: {
    status: 422,
    retry: 'never',
    text: {
      zh: '服务器不认识这种记录，请更新应用。',
      en: 'The server does not know this kind of record; update the app.',
    },
  },
  UNKNOWN_AREA: {
    status: 422,
    retry: 'never',
    text: { zh: '没有这个地区代码。', en: 'There is no area with this code.' },
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    retry: 'later',
    text: { zh: '请求过于频繁，请稍候。', en: 'Too many requests; wait a moment.' },
  },
  PACK_VERSION_GONE: {
    status: 404,
    retry: 'later',
    text: {
      zh: '没有这个版本的离线包，请重新获取。',
      en: 'This version of the pack is not there (any more); ask which one is in force.',
    },
  },
  BUSY: {
    status: 429,
    retry: 'later',
    text: {
      zh: '服务器繁忙，记录已保留，将自动重试。',
      en: 'The server is busy; the record is kept and will be sent again.',
    },
  },
  DATABASE_UNAVAILABLE: {
    status: 503,
    retry: 'later',
    text: {
      zh: '数据库暂不可用，记录已保留，将自动重试。',
      en: 'The database is unavailable; the record is kept and will be sent again.',
    },
  },
  INTERNAL: {
    status: 500,
    retry: 'later',
    text: { zh: '服务器出错，请报告关联编号。', en: 'The server failed; report the correlation id.' },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
