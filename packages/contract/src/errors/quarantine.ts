import type { ErrorEntry } from './error-entry.ts'

const never = (status: ErrorEntry['status'], zh: string, en: string): ErrorEntry => ({
  status,
  retry: 'never',
  text: { zh, en },
})

/** Refusals around quarantine. */
export const quarantineErrors = {
  UNKNOWN_QUARANTINE: never(404, '没有这份隔离令，或不在本辖区。', 'There is no such order in this area.'),
  QUARANTINE_PERSON_UNKNOWN: never(
    422,
    '请填写姓名，或选择一次查验中的人。',
    'Give a name, or choose somebody of a screening who gave one.',
  ),
  QUARANTINE_NO_PLAN: never(
    422,
    '这次应对没有规定隔离和随访。',
    'This response says nothing of quarantine and follow-up.',
  ),
  QUARANTINE_SITE_NOT_ALLOWED: never(
    422,
    '这次应对不允许在这类场所隔离。',
    'This response allows no quarantine at such a place.',
  ),
  QUARANTINE_EXPOSURE_IMPOSSIBLE: never(
    422,
    '最后暴露日晚于今天，或观察期已过，请核对日期。',
    'The last exposure lies after today, or so long ago that the days are over: check the date.',
  ),
  QUARANTINE_OVER: never(409, '这次隔离已经结束。', 'This quarantine is over already.'),
  QUARANTINE_NOT_RECEIVED: never(
    409,
    '尚未接收，请先接收。',
    'Nobody has received the person yet: receive first.',
  ),
  QUARANTINE_NOTHING_TO_RECEIVE: never(
    409,
    '没有待接收或待回执的转移。',
    'Nothing waits to be received here, and no receipt is due.',
  ),
  QUARANTINE_NOTHING_TO_WITHDRAW: never(
    409,
    '没有可以收回的转出，或已经要求收回。',
    'No hand-over waits that could be taken back, or it is being taken back already.',
  ),
  QUARANTINE_TAKEN_BACK: never(
    409,
    '转出区已经收回，本区不用再办。',
    'The district before took the person back: nothing is left to do here.',
  ),
  QUARANTINE_IN_TRANSFER: never(
    409,
    '已转出，由接收方继续。',
    'The person was handed on: the receiving area goes on.',
  ),
  QUARANTINE_AWAY: never(409, '本人外出中，请先登记返回。', 'The person is away: record the return first.'),
  QUARANTINE_NOT_AWAY: never(409, '没有登记外出。', 'No leave was recorded.'),
  QUARANTINE_LAST_DAY_WRONG: never(
    422,
    '新的最后一天要晚于现在的最后一天，且不超过 90 天。',
    'The new last day has to lie after the present one, and at most 90 days after the day counted from.',
  ),
  QUARANTINE_NOT_DUE: never(
    409,
    '还没到期，请选“提前解除”并写明原因。',
    'The days are not over: choose “released early” and say why.',
  ),
  QUARANTINE_NOT_RELEASED: never(
    409,
    '还没有解除，或不是期满、提前解除，不能出具证明。',
    'There is no release to certify: it goes on, or it ended otherwise.',
  ),
  QUARANTINE_NOTE_NEEDED: never(422, '请写明原因。', 'Say why in words.'),
  QUARANTINE_TIME_RUNS_BACK: never(
    422,
    '时间早于隔离令，请核对设备时钟。',
    'The time lies before the order: check the clock of the device.',
  ),
  QUARANTINE_SIGN_UNKNOWN: never(
    422,
    '这次应对没有列出这项症状或发现。',
    'This response does not list such a sign.',
  ),
  QUARANTINE_AREA_WRONG: never(422, '请选择另一个区或城市。', 'Choose another district or city.'),
  QUARANTINE_LINK_UNKNOWN: never(
    404,
    '这个链接打不开，请核对告知书或致电社区。',
    'This link opens nothing: check your notice, or call your community.',
  ),
  QUARANTINE_LINK_REPLACED: never(
    409,
    '这个链接已经更换，请向社区索取新的链接。',
    'This link was replaced by another one: ask your community for it.',
  ),
  QUARANTINE_LINKS_SPENT: never(
    409,
    '链接更换次数已达上限，请改为电话或上门联系。',
    'The link was replaced as often as it can be: call or visit instead.',
  ),
  QUARANTINE_MOVED: never(
    409,
    '您已由其他城市接收，请按当地的要求报告。',
    'Another city has received you: report as you are told there.',
  ),
  QUARANTINE_REPORTS_FULL: {
    status: 429,
    retry: 'later',
    text: {
      zh: '今天已报告很多次，请致电社区。',
      en: 'There were many reports today already: call your community.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>
