import type { Bilingual } from '@guankou/contract/primitives.ts'

const text = (zh: string, en: string): Bilingual => ({ zh, en })

/** Everything on the sheet stands in both languages side by side. */
export const paperTexts = {
  title: text('纸质申报表', 'Paper form'),
  lead: text(
    '按右上角“打印”，每张可填四人。日期由填表人写：所问天数从填表当天往回数。',
    'Press “Print” above; each sheet takes four people. The days asked about count back from the day it is filled in.',
  ),
  back: text('返回网上申报', 'Back to the online form'),
  failed: text('现在无法读取申报表，请检查网络。', 'The form cannot be read now; check the network.'),
  sheet: text('入城查验登记表', 'Screening form'),
  staff: text('以下由检查员填写', 'For the inspector'),
  own: text(
    '由本人或家人填写；不会写可请检查员代填',
    'For you or your family; the inspector writes for you if you like',
  ),
  filledOn: text('日期、时间', 'Date, time'),
  number: text('表号', 'Form no.'),
  post: text('卡口、车道', 'Post, lane'),
  plate: text('车牌（没有写“无”）', 'Plate (write “none” if there is none)'),
  run: text('车次、船班或航班，出发日期，车厢', 'Train, sailing or flight; its day; carriage'),
  seat: text('座位（按票）', 'Seat, as on the ticket'),
  kind: text('交通方式', 'Way of travel'),
  question: text('问题', 'Question'),
  person: text('第 {{number}} 人', 'Person {{number}}'),
  yes: text('有', 'Yes'),
  no: text('没有', 'No'),
  place: text('地方', 'Place'),
  left: text('离开日期', 'Left on'),
  kindAndNumber: text('类型、号码', 'Kind, number'),
  temperature: text('体温、方式、时间', 'Temperature, method, time'),
  second: text('复测', 'Second'),
  inspector: text('检查员签名', 'Inspector'),
  promise: text(
    '只用于防疫，到期销毁。可凭查验凭条查看、更正。',
    'Serves health only and is destroyed in time. With your slip you can see and correct it.',
  ),
} as const
