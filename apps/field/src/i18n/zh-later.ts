import type { TextTree } from '@guankou/ui/i18n/text-tree.ts'
import { correctTextsZh } from '#src/screens/correct/texts-zh.ts'
import { handoverTextsZh } from '#src/screens/handovers/texts-zh.ts'
import { checkTextsZh } from '#src/screens/lane/second-texts-zh.ts'
import { manifestTextsZh } from '#src/screens/manifest/texts-zh.ts'
import { overrideTextsZh } from '#src/screens/override/texts-zh.ts'
import { postsTextsZh } from '#src/screens/posts/texts-zh.ts'
import { seatTextsZh } from '#src/screens/seats/texts-zh.ts'
import { slipTextsZh } from '#src/screens/slip/texts-zh.ts'
import { testingTextsZh } from '#src/screens/testing/texts-zh.ts'

/** Texts of screens that no shift begins with. */
export const laterTextsZh = {
  handovers: handoverTextsZh,
  posts: postsTextsZh,
  seats: seatTextsZh,
  check: checkTextsZh,
  slip: slipTextsZh,
  testing: testingTextsZh,
  override: overrideTextsZh,
  manifest: manifestTextsZh,
  correct: correctTextsZh,
  records: {
    title: '记录',
    filter: '显示',
    waiting: '待上传',
    accepted: '已接收',
    rejected: '被拒绝',
    unreadable: '读不出',
    withdrawn: '已撤回',
    none: '这里没有记录。',
    sendNow: '立即上传',
    again: '再次上传',
    held: '即将上传',
    sending: '正在上传',
    waitingFor: '等待 {{name}} 登录后上传',
    sealedOf: '已密封，将以 {{name}} 的名义上传',
    deferred: '服务器请稍后再传：{{text}}',
    acceptedAt: '服务器 {{time}} 接收',
    whatToDo: '怎么办',
    unreadableHelp: '本机读不出这条记录的内容，请告知带班领导，并凭纸质登记补录。',
    withdrawnHelp: '撤回时尚未离开本机，没有上传。',
    rejectedHelp: '记录保留在本机。请按原因处理后再次上传；若内容有误，请重新登记这辆车，并告知带班领导。',
    clockHelp: '请先校准手机时钟。时间已过的记录可以再次上传。',
    updateHelp: '请更新应用后再次上传。',
    ofOther: '{{name}} 的记录',
    round: '社区走访',
    more: '只显示最近 {{n}} 条。',
    unreadableReason: {
      'cannot-decrypt': '密钥不符或内容受损',
      'not-json': '内容受损',
      'content-missing': '内容缺失',
      'vault-destroyed': '登记人的密钥已销毁，未能上传',
    },
    codeUnknown: '服务器拒绝了这条记录（{{code}}）。',
    people_other: '{{count}} 人',
  },
  settings: {
    title: '设置',
    language: '语言',
    theme: '显示',
    themes: { auto: '随系统', day: '日间', night: '夜间', sunlight: '强光' },
    feedback: '结果提示',
    sound: '声音',
    vibration: '振动',
    storage: '本机存储',
    storageUsed: '已用',
    storageValue: '{{used}} MB，可用 {{quota}} MB',
    persisted: '持久保存',
    persistedYes: '已获准',
    persistedNo: '未获准，请及早联网上传',
    persistAsk: '申请持久保存',
    account: '当班人员',
    role: '岗位',
    crew: '班组',
    until: '登录有效至',
    signOut: '换人或退出登录',
    signOutSealed_other: '您有 {{count}} 条记录等待上传，已密封：下一位登录后以您的名义上传，别人读不到。',
    signOutWaiting_other: '您还有 {{count}} 条记录没有上传。退出后它们留在本机，等您再次登录才上传。',
    signOutConfirm: '仍要退出',
    signOutStay: '不退出',
    about: '关于',
    aboutText: '关口查验 {{version}}。记录在本机加密保存；只用于疫情防控，采集期满即停。',
  },
} as const satisfies TextTree
