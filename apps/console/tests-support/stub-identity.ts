import type { ExportView } from '@guankou/contract/exports/endpoints.ts'
import type { AccessesAnswer } from '@guankou/contract/identity/accesses.ts'
import type { LookUpAnswer, OwnLookUp } from '@guankou/contract/identity/look-up.ts'

const at = '2020-02-10T03:12:00.000Z'
const limits = {
  lookUpsLeftThisMinute: 9,
  lookUpsLeftToday: 196,
  unmasksLeftThisMinute: 19,
  unmasksLeftToday: 190,
}
const clear: Readonly<Record<string, string>> = {
  name: '欧阳修',
  document: '44040219900101123X',
  phone: '13812345678',
  plate: '粤C12345',
}

const found: LookUpAnswer['matches'] = [1, 2].map((seat) => ({
  screeningId: '01702d1c-4000-7000-8000-00000000000a',
  seat,
  seatLabel: null,
  postId: 1,
  lane: 2,
  occurredAt: at,
  day: '2020-02-10',
  conveyanceKind: 'car',
  documentKind: 'resident-id',
  originCode: 442000,
  disposition: seat === 1 ? 'second-check' : 'passed',
  overridden: false,
  corrections: [],
  findingCorrections: [],
  fields: [
    { field: 'name', masked: '欧**' },
    { field: 'document', masked: '4404**********123X' },
    { field: 'phone', masked: '138****5678' },
    { field: 'plate', masked: '粤C****5' },
  ],
}))

const officer = (accountId: string, zh: string, en: string) => ({ accountId, officer: { zh, en } })

const aList = (number: number, state: ExportView['state'], own: boolean): ExportView => ({
  id: `01702d1c-4000-7000-8000-0000000000${10 + number}`,
  state,
  areaCode: 440400,
  subject: 'screenings',
  purpose: 'contact-tracing',
  columns: ['occurred-at', 'post', 'name', 'phone'],
  fromDay: '2020-02-08',
  toDay: '2020-02-09',
  postIds: [],
  dispositions: [],
  requestedAt: at,
  requestedBy: own ? officer('1', '指挥长', 'Commander') : officer('2', '排查员甲', 'Clerk A'),
  decidedAt: state === 'requested' ? null : at,
  decidedBy: state === 'requested' ? null : officer('3', '数据保护专员', 'Data-protection officer'),
  finishedAt: state === 'ready' || state === 'expired' ? at : null,
  expiresAt: state === 'ready' || state === 'expired' ? '2020-02-13T03:12:00.000Z' : null,
  rowTotal: 1_240,
  rowCount: state === 'approved' ? 500 : 1_240,
  downloads: state === 'expired' ? [{ at, format: 'xlsx' }] : [],
  stated: { reason: '追踪 2 月 8 日同车人员', organisation: '香洲区疾控中心' },
})

const accesses: AccessesAnswer = {
  day: '2020-02-10',
  officers: [
    {
      ...officer('2', '排查员甲', 'Clerk A'),
      role: 'screening-clerk',
      lookUps: 63,
      lookUpsWithoutMatch: 20,
      unmasked: 12,
      exported: 1_240,
      people: 1_290,
      purposes: [
        { purpose: 'contact-tracing', times: 1_280 },
        { purpose: 'follow-up', times: 23 },
      ],
      wide: true,
    },
    {
      ...officer('4', '后台搭档', 'Desk partner'),
      role: 'desk-partner',
      lookUps: 7,
      lookUpsWithoutMatch: 1,
      unmasked: 2,
      exported: 0,
      people: 9,
      purposes: [{ purpose: 'hand-over', times: 7 }],
      wide: false,
    },
  ],
  latest: [
    {
      at,
      officer: { zh: '排查员甲', en: 'Clerk A' },
      purpose: 'contact-tracing',
      way: 'unmask',
      fields: ['phone'],
    },
  ],
}

/** Answers about people and lists, by path; the plate 无 is never found. */
export const createStubIdentity = () => {
  const lookUps: OwnLookUp[] = []
  let lists: ExportView[] = [
    aList(0, 'requested', false),
    aList(1, 'requested', true),
    aList(2, 'approved', true),
    aList(3, 'ready', true),
    aList(4, 'expired', false),
  ]
  const change = (id: string, state: ExportView['state']): { readonly state: string } => {
    lists = lists.map((one) => (one.id === id ? { ...one, state } : one))
    return { state }
  }
  const answers: Readonly<Record<string, (body: unknown) => unknown>> = {
    '/api/identity/own-look-ups': () => ({ limits, lookUps }),
    '/api/identity/look-up': (body) => {
      const { purpose, sought } = body as {
        purpose: OwnLookUp['purpose']
        sought: { kind: OwnLookUp['kind']; text: string }
      }
      const matches = sought.text === '无' ? [] : found
      lookUps.unshift({ at: new Date().toISOString(), purpose, kind: sought.kind, matches: matches.length })
      return { matches, more: false, limits }
    },
    '/api/identity/unmask': (body) => {
      const { field } = body as { field: string }
      return { field, text: clear[field], shownForSeconds: 2, limits }
    },
    '/api/identity/accesses': () => accesses,
    '/api/exports': () => ({ asOf: at, exports: lists }),
    '/api/worklists/lists': () => ({ asOf: at, lists: [], clerks: [] }),
    '/api/exports/request': () => ({ exportId: lists[0]?.id, rowTotal: 1_240 }),
    '/api/exports/decide': (body) => {
      const { exportId, decision } = body as { exportId: string; decision: string }
      return change(exportId, decision === 'approve' ? 'approved' : 'refused')
    },
    '/api/exports/stop': (body) => change((body as { exportId: string }).exportId, 'destroyed'),
    '/api/exports/trace': (body) => ({
      lines: 1,
      matches: (body as { text: string }).text.includes('GK')
        ? [
            {
              way: 'ref',
              exportId: lists[4]?.id,
              subject: 'screenings',
              purpose: 'contact-tracing',
              requestedBy: officer('2', '排查员甲', 'Clerk A'),
              approvedBy: officer('3', '数据保护专员', 'Data-protection officer'),
              organisation: '香洲区疾控中心',
              finishedAt: at,
              downloads: [{ at, format: 'xlsx' }],
              rows: 1,
            },
          ]
        : [],
    }),
  }
  return { answers }
}
