import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { ScreeningsRecorded } from '@guankou/contract/changes/change-feed.ts'
import { type ErrorCode, errors } from '@guankou/contract/errors.ts'
import type { Role } from '@guankou/contract/roles.ts'
import type { NotableEvent, Tally } from '@guankou/contract/situation/endpoints.ts'
import { civilDateOf, formatClockMinute } from '@guankou/ui/format/time.ts'
import { auditChains, auditEntries, auditHeads } from './stub-audit.ts'
import {
  addTally,
  cityCode,
  jurisdictions,
  noTally,
  notableEvents,
  originArrivals,
  postSituations,
  posts,
  tallyOf,
  timeZone,
  vehiclesInSlot,
} from './stub-city.ts'
import { createStubDevices } from './stub-devices.ts'
import { noHandovers } from './stub-handovers.ts'
import { createStubIdentity } from './stub-identity.ts'
import { noAlarms } from './stub-monitoring.ts'
import { retentionCertificate, retentionHistory, retentionPlan } from './stub-retention.ts'

/** Days that behave in a special way, so that a test asks for a failure by its address. */
export const emptyDay = '2020-01-01'
export const brokenDay = '2020-01-02'

/** A sign-in token that works; every other is spent. */
export const goodToken = 'stub-token-that-works-once'

/** What the server is to send with its pages: as strict as it can be. */
const contentSecurityPolicy =
  "default-src 'self'; img-src 'self' data:; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

export type StubApi = {
  readonly origin: string
  /** Commits one screening with this tally at post 1 and tells the feed. */
  readonly commit: (added: Tally, notable?: readonly NotableEvent[]) => void
  /** Breaks every open stream, and refuses new ones until told otherwise. */
  readonly cutStreams: (cut: boolean) => void
  readonly signIn: (signedIn: boolean) => void
  /** Gives whoever is signed in another role. */
  readonly actAs: (role: Role) => void
  readonly devices: ReturnType<typeof createStubDevices>
  /** Requests answered so far, by path. */
  readonly asked: ReadonlyMap<string, number>
  readonly close: () => Promise<void>
}

type State = {
  readonly identity: ReturnType<typeof createStubIdentity>
  signedIn: boolean
  role: Role
  readonly devices: ReturnType<typeof createStubDevices>
  cut: boolean
  added: Tally
  notable: readonly NotableEvent[]
  readonly streams: Set<ServerResponse>
  readonly asked: Map<string, number>
}

const refuse = (response: ServerResponse, code: ErrorCode): void => {
  const { status, retry, text } = errors[code]
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(
    JSON.stringify({ code, retry, text, ...(code === 'INTERNAL' ? { correlationId: 'stub-1' } : {}) }),
  )
}

const answer = (response: ServerResponse, body: unknown): void => {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

/** The day asked for, with slots and totals as far as the clock has come. */
const dayOf = (state: State, asked: string | null) => {
  const nowMs = Date.now()
  const today = civilDateOf(nowMs, timeZone)
  const day = asked ?? today
  const [hours = 0, minutes = 0] = formatClockMinute(nowMs, timeZone).split(':').map(Number)
  const slotNow = Math.floor((hours * 60 + minutes) / 20)
  const fullSlots = day === today ? slotNow : 72
  const empty = day === emptyDay
  const slots = Array.from({ length: 72 }, (_, slot) => (empty ? 0 : vehiclesInSlot(slot, 1)))
  const before = Array.from({ length: 72 }, (_, slot) => (empty ? 0 : vehiclesInSlot(slot, 1.08)))
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const begun = slots.slice(0, fullSlots + 1)
  const added = day === today ? state.added : noTally
  return {
    nowMs,
    day,
    slots,
    before,
    fullSlots,
    begun,
    tally: addTally(tallyOf(sum(begun)), added),
    addedVehicles: added.vehicles,
    fullToday: sum(slots.slice(0, fullSlots)),
    fullYesterday: sum(before.slice(0, fullSlots)),
    yesterday: sum(before),
    asOf: new Date(nowMs).toISOString(),
  }
}

const situations: Readonly<
  Record<string, (state: State, day: ReturnType<typeof dayOf>, area: number) => unknown>
> = {
  summary: (_, day, area) => ({
    area: (() => {
      const { code, name } = jurisdictions.find((each) => each.code === area) ?? {
        code: area,
        name: { zh: '?', en: '?' },
      }
      return { code, name, timeZone }
    })(),
    day: day.day,
    asOf: day.asOf,
    today: day.tally,
    likeForLike:
      day.fullSlots === 0
        ? null
        : { untilSlot: day.fullSlots, today: tallyOf(day.fullToday), yesterday: tallyOf(day.fullYesterday) },
    posts: { total: 43, reportedLastHour: day.tally.vehicles === 0 ? 0 : 42 },
    meanSecondsPerVehicle: day.tally.vehicles === 0 ? null : 18.4,
  }),
  posts: (_, day) => ({
    day: day.day,
    asOf: day.asOf,
    posts: postSituations(day.tally.vehicles, day.tally.vehicles === 0 ? 0 : 1_100, day.nowMs),
  }),
  origins: (_, day) => ({
    day: day.day,
    asOf: day.asOf,
    travellersTotal: day.tally.travellers,
    tooFew: false,
    smallCountThreshold: 5,
    origins: day.tally.travellers === 0 ? [] : originArrivals(day.tally.travellers, day.yesterday * 2.27),
  }),
  curve: (_, day) => ({
    day: day.day,
    asOf: day.asOf,
    slotMinutes: 20,
    vehicles: day.slots.map((count, slot) => {
      if (slot > day.fullSlots) return null
      return slot === day.fullSlots ? count + day.addedVehicles : count
    }),
    vehiclesYesterday: day.before,
  }),
  events: (state, day) => ({
    day: day.day,
    asOf: day.asOf,
    events: day.tally.vehicles === 0 ? [] : [...state.notable, ...notableEvents(day.nowMs)],
  }),
}

const session = {
  accountId: '1',
  name: { zh: '指挥长', en: 'Commander' },
  role: 'commander',
  areaCode: cityCode,
  crew: null,
  deviceId: null,
  expiresAt: '2099-01-01T00:00:00.000Z',
}

const notice = {
  city: { zh: '珠海市', en: 'Zhuhai' },
  demo: true,
  responses: [
    {
      id: 'covid-like-2020',
      name: { zh: '新冠类', en: 'COVID-19-like' },
      collectionFrom: '2020-01-18',
      collectionUntil: '2099-04-30',
      rulesVersion: 14,
      feverThresholdCelsius: 37.3,
      exposureWindowDays: 14,
      symptoms: [{ zh: '咳嗽', en: 'Cough' }],
      rules: [],
    },
  ],
  posts,
}

const openStream = (state: State, response: ServerResponse): void => {
  if (state.cut) {
    response.destroy()
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write('retry: 200\n\n')
  state.streams.add(response)
  response.on('close', () => state.streams.delete(response))
}

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return JSON.parse(text === '' ? '{}' : text)
}

const enter = async (state: State, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const { token } = (await readBody(request)) as { token?: string }
  if (token !== goodToken) return refuse(response, 'SIGN_IN_LINK_SPENT')
  state.signedIn = true
  answer(response, session)
}

const api = async (
  state: State,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  state.asked.set(url.pathname, (state.asked.get(url.pathname) ?? 0) + 1)
  const open: Readonly<Record<string, () => unknown>> = {
    '/api/public/notice': () => answer(response, notice),
    '/api/health': () => answer(response, { status: 'ok', version: '0', now: new Date().toISOString() }),
    '/api/access/sign-in': () => enter(state, request, response),
  }
  const handle = open[url.pathname]
  if (handle !== undefined) return void (await handle())
  if (!state.signedIn) return refuse(response, 'NOT_SIGNED_IN')
  const known: Readonly<Record<string, () => unknown>> = {
    '/api/access/session': () => answer(response, { ...session, role: state.role }),
    '/api/access/sign-out': () => {
      state.signedIn = false
      answer(response, { signedOut: true })
    },
    '/api/subject-access/requests': () => answer(response, { requests: [], waitingForMe: 0, overdue: 0 }),
    '/api/access/devices': () => answer(response, state.devices.list()),
    '/api/audit/chains': () =>
      answer(response, auditChains(Date.now(), state.asked.get('/api/audit/verifications') ?? 0)),
    '/api/audit/verifications': () => answer(response, auditChains(Date.now(), 1).verifications[0]),
    '/api/rescreen/alone': () => answer(response, { alone: [] }),
    '/api/audit/entries': () => answer(response, auditEntries(Date.now(), url.searchParams)),
    '/api/audit/heads': () => answer(response, auditHeads(Date.now())),
    '/api/retention/plan': () => answer(response, retentionPlan(Date.now())),
    '/api/retention/history': () => answer(response, retentionHistory(Date.now())),
    '/api/retention/certificate': () => answer(response, retentionCertificate),
    '/api/responses/renew-collection': () => answer(response, { collectionUntil: '2099-04-30' }),
    '/api/monitoring/alarms': () => answer(response, noAlarms(Date.now())),
    '/api/handovers': () => answer(response, noHandovers(Date.now())),
    '/api/places': () => answer(response, { jurisdictions, posts, gridCells: [], crews: [] }),
    '/api/changes': () => openStream(state, response),
  }
  if (known[url.pathname] !== undefined) return void known[url.pathname]?.()
  const ofIdentity = state.identity.answers[url.pathname]
  if (ofIdentity !== undefined) return answer(response, ofIdentity(await readBody(request)))
  const ofDevices = state.devices.answers[url.pathname]
  if (ofDevices !== undefined) return answer(response, ofDevices(await readBody(request)))
  const what = /^\/api\/situation\/([a-z]+)$/.exec(url.pathname)?.[1]
  const situation = situations[what ?? '']
  if (situation === undefined) return refuse(response, 'NO_SUCH_ENDPOINT')
  const day = url.searchParams.get('day')
  if (day === brokenDay) return refuse(response, 'INTERNAL')
  answer(response, situation(state, dayOf(state, day), Number(url.searchParams.get('area'))))
}

const page = async (folder: string, url: URL, base: string, response: ServerResponse): Promise<void> => {
  const inside = normalize(url.pathname.slice(base.length))
  const file = extname(inside) === '' ? 'index.html' : inside
  try {
    const content = await readFile(join(folder, file))
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': contentSecurityPolicy,
      'x-content-type-options': 'nosniff',
    })
    response.end(content)
  } catch {
    response.writeHead(404)
    response.end()
  }
}

/** Serves the built console and answers its questions about the made-up city. @param folder the build */
export const startStubApi = async (folder: string, port = 0): Promise<StubApi> => {
  const state: State = {
    signedIn: true,
    role: 'commander',
    devices: createStubDevices(),
    identity: createStubIdentity(),
    cut: false,
    added: noTally,
    notable: [],
    streams: new Set(),
    asked: new Map(),
  }
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://stub')
    if (url.pathname.startsWith('/api/')) void api(state, url, request, response)
    else void page(folder, url, '/console', response)
  })
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  const tell = (added: Tally, notable: readonly NotableEvent[]): void => {
    const nowMs = Date.now()
    const day = civilDateOf(nowMs, timeZone)
    const event: ScreeningsRecorded = {
      topic: 'screenings',
      jurisdiction: 440402,
      committedAt: new Date(nowMs).toISOString(),
      screenings: added.vehicles,
      increments: [{ postId: 1, day, slot: 0, added }],
      notable: [...notable],
    }
    for (const stream of state.streams) stream.write(`id: ${nowMs}-1\ndata: ${JSON.stringify(event)}\n\n`)
  }
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    commit: (added, notable = []) => {
      state.added = addTally(state.added, added)
      state.notable = [...notable, ...state.notable]
      tell(added, notable)
    },
    cutStreams: (cut) => {
      state.cut = cut
      if (cut) for (const stream of state.streams) stream.destroy()
    },
    signIn: (signedIn) => {
      state.signedIn = signedIn
    },
    actAs: (role) => {
      state.role = role
    },
    devices: state.devices,
    asked: state.asked,
    close: () =>
      new Promise((resolve) => {
        for (const stream of state.streams) stream.destroy()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
