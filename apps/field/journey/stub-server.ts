import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { contactDevice, type DeviceLoss, type DeviceState } from '@guankou/contract/access/device-contact.ts'
import { bindDevice, enrolDevice } from '@guankou/contract/access/enrolment.ts'
import { type SessionView, signIn, signOut } from '@guankou/contract/access/session.ts'
import { UseDeclaration } from '@guankou/contract/declarations/declaration.ts'
import type { BodyOf } from '@guankou/contract/endpoint.ts'
import { type ErrorCode, errors } from '@guankou/contract/errors.ts'
import { readHealth } from '@guankou/contract/health.ts'
import { confirmMatch } from '@guankou/contract/matching/endpoints.ts'
import type { MatchKey, MatchList } from '@guankou/contract/matching/match-list.ts'
import type { MatchReason } from '@guankou/contract/matching/reasons.ts'
import { type PassagesAnswer, readPassages } from '@guankou/contract/screening/passages.ts'
import { RecordScreening } from '@guankou/contract/screening/record-screening.ts'
import { fetchPackContent, fetchPackHead, type Pack } from '@guankou/contract/sync/pack.ts'
import { type Parcel, parcelKind } from '@guankou/contract/sync/parcel.ts'
import { type PushBody, type PushOutcome, pushCommands } from '@guankou/contract/sync/push.ts'
import { decideUse } from '@guankou/domain/declarations/decide-use.ts'
import { decideScreening } from '@guankou/domain/screening/decide.ts'
import { Value } from 'typebox/value'
import { referenceOf } from '#src/lane/reference.ts'
import { contentAt, createSigner } from './demo-pack.ts'
import { policyOf, typeOf } from './serve-folder.ts'
import { createParcelBox, isSigned, type ParcelBox, relaxedPolicy } from './stub-devices.ts'

const people: Readonly<
  Record<
    string,
    {
      readonly accountId: string
      readonly zh: string
      readonly en: string
      readonly role?: SessionView['role']
    }
  >
> = {
  'token-of-wang-0001': { accountId: 'acc-wang', zh: '王警官', en: 'Officer Wang' },
  'token-of-chen-0002': { accountId: 'acc-chen', zh: '陈警官', en: 'Officer Chen' },
  'token-of-zhou-0003': { accountId: 'acc-zhou', zh: '周师傅', en: 'Driver Zhou', role: 'transport-crew' },
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(JSON.stringify(body))
}

const refuse = (response: ServerResponse, code: ErrorCode): void => {
  const { status, retry, text } = errors[code]
  sendJson(response, status, { code, retry, text })
}

const sessionOf = (request: IncomingMessage): string | undefined =>
  /session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]

const viewOf = (accountId: string): SessionView => {
  const person = Object.values(people).find((each) => each.accountId === accountId)
  return {
    accountId,
    name: { zh: person?.zh ?? accountId, en: person?.en ?? accountId },
    role: person?.role ?? 'inspector',
    areaCode: 440400,
    crew: { zh: '甲班', en: 'Crew A' },
    deviceId: null,
    expiresAt: new Date(Date.now() + 12 * 3_600_000).toISOString(),
  }
}

type Stored = { readonly accountId: string; readonly command: RecordScreening; readonly times: number }

const createState = (box: ParcelBox) => ({
  signer: createSigner(),
  box,
  /** Public keys of devices by id. */
  devices: new Map<string, string>(),
  losses: [] as DeviceLoss[],
  /** Requests for a wipe that a phone said it had carried out. */
  wipes: [] as string[],
  startedAtMs: Date.now(),
  content: contentAt(Date.now()),
  matching: [] as MatchList[],
  matchKeys: [] as MatchKey[],
  /** What probable matches turn out to be, by number; those that are not named are by chance. */
  confirmed: new Map<string, MatchReason>(),
  /** Exactly what the phones were told last: a change makes another pack. */
  policy: { ...relaxedPolicy },
  stored: new Map<string, Stored>(),
  /** Declarations that were noted as shown. */
  uses: [] as UseDeclaration[],
  /** Ids in the order in which they first arrived. */
  order: [] as string[],
  pushes: 0,
  /** What is known of vehicles, by plate, and which were asked for. */
  passages: new Map<string, PassagesAnswer>(),
  plateAsked: [] as string[],
  /** What the server should get wrong. */
  mood: {
    refusePush: undefined as ErrorCode | undefined,
    rejectPlates: new Map<string, ErrorCode>(),
    aheadMs: 0,
    packLifeMs: 24 * 3_600_000,
    down: false,
    /** An older server knows no attributions: nothing can be sealed. */
    bind: true,
    device: 'active' as DeviceState,
    enrolmentCode: 'K7QM4XTD01',
    /** Seats whose identity it says it can no longer tell. */
    withoutIdentity: [] as number[],
  },
})

type State = ReturnType<typeof createState>

const nowOf = (state: State): string => new Date(Date.now() + state.mood.aheadMs).toISOString()

const judge = (state: State, command: unknown, accountId: string): PushOutcome => {
  const id = (command as { id?: string }).id ?? null
  const reject = (code: ErrorCode, path?: string): PushOutcome => ({
    outcome: 'rejected',
    id,
    code,
    retry: errors[code].retry,
    text: errors[code].text,
    ...(path === undefined ? {} : { path }),
  })
  if (Value.Check(UseDeclaration, command)) {
    const use = decideUse(referenceOf(state.content), command, Date.now() + state.mood.aheadMs)
    if (!use.ok) return reject(use.refusal.code, use.refusal.path)
    state.uses.push(command)
    return { outcome: 'accepted', id: command.id, recordedAt: nowOf(state), duplicate: false }
  }
  if (!Value.Check(RecordScreening, command)) return reject('INVALID_INPUT')
  const forced = state.mood.rejectPlates.get(command.conveyance.plate ?? '')
  if (forced !== undefined) return reject(forced)
  const decided = decideScreening(referenceOf(state.content), command, Date.now() + state.mood.aheadMs)
  if (!decided.ok) return reject(decided.refusal.code, decided.refusal.path)
  const before = state.stored.get(command.id)
  if (before === undefined) state.order.push(command.id)
  state.stored.set(command.id, { accountId, command, times: (before?.times ?? 0) + 1 })
  const { withoutIdentity } = state.mood
  return {
    outcome: 'accepted',
    id: command.id,
    recordedAt: nowOf(state),
    duplicate: before !== undefined,
    ...(withoutIdentity.length === 0 ? {} : { withoutIdentity }),
  }
}

/** Opens a parcel and judges what is in it under the name it proves. */
const judgeSealed = async (
  state: State,
  command: unknown,
  accountId: string,
  deviceId: string,
): Promise<PushOutcome> => {
  if ((command as { kind?: string }).kind !== parcelKind) return judge(state, command, accountId)
  const content = await state.box.open(command as Parcel, deviceId)
  return judge(state, content.command, content.attribution.replace('of ', ''))
}

const packOf = (state: State): Pack => {
  const content = { ...state.content, phones: state.policy, sealingKey: state.box.sealingKey }
  const lists = state.matching.length === 0 ? {} : { matching: state.matching }
  return state.signer.pack({ ...content, ...lists }, state.startedAtMs, state.mood.packLifeMs)
}

type Handler = (state: State, request: IncomingMessage, response: ServerResponse) => void | Promise<void>

const handlers: Readonly<Record<string, Handler>> = {
  [signIn.path]: async (_state, request, response) => {
    const { token } = JSON.parse(await readBody(request)) as { token: string }
    const person = people[token]
    if (person === undefined) return refuse(response, 'SIGN_IN_LINK_SPENT')
    response.setHeader('set-cookie', `session=${person.accountId}; HttpOnly; SameSite=Strict; Path=/`)
    sendJson(response, 200, viewOf(person.accountId))
  },
  [signOut.path]: (_state, _request, response) => {
    response.setHeader('set-cookie', 'session=; HttpOnly; Path=/; Max-Age=0')
    sendJson(response, 200, { signedOut: true })
  },
  [pushCommands.path]: async (state, request, response) => {
    state.pushes += 1
    const accountId = sessionOf(request)
    const body = JSON.parse(await readBody(request)) as PushBody
    if (state.mood.refusePush !== undefined) return refuse(response, state.mood.refusePush)
    if (accountId === undefined) return refuse(response, 'NOT_SIGNED_IN')
    if (state.mood.device !== 'active')
      return refuse(response, state.mood.device === 'wipe' ? 'DEVICE_WIPE_REQUESTED' : 'DEVICE_REVOKED')
    const key = state.devices.get(body.deviceId)
    if (key !== undefined && !isSigned(key, 'push', body, [body.outbox, body.commands]))
      return refuse(response, 'DEVICE_PROOF_WRONG')
    const outcomes = await Promise.all(
      body.commands.map((command) => judgeSealed(state, command, accountId, body.deviceId)),
    )
    sendJson(response, 200, { receivedAt: nowOf(state), outcomes })
  },
  [bindDevice.path]: async (state, request, response) => {
    const body = JSON.parse(await readBody(request)) as BodyOf<typeof bindDevice>
    const accountId = sessionOf(request)
    if (!state.mood.bind) return refuse(response, 'NO_SUCH_ENDPOINT')
    if (accountId === undefined) return refuse(response, 'NOT_SIGNED_IN')
    if (!isSigned(body.publicKey, 'bind', body, [accountId, body.publicKey]))
      return refuse(response, 'DEVICE_PROOF_WRONG')
    if (!state.devices.has(body.deviceId) && state.policy.enrolment === 'by-code')
      return refuse(response, 'DEVICE_NOT_ENROLLED')
    state.devices.set(body.deviceId, body.publicKey)
    const until = new Date(Date.now() + 7 * 86_400_000).toISOString()
    sendJson(response, 200, { attribution: `of ${accountId}`, until })
  },
  [enrolDevice.path]: async (state, request, response) => {
    const body = JSON.parse(await readBody(request)) as BodyOf<typeof enrolDevice>
    if (!isSigned(body.publicKey, 'enrol', body, [body.code, body.publicKey]))
      return refuse(response, 'DEVICE_PROOF_WRONG')
    if (body.code !== state.mood.enrolmentCode) return refuse(response, 'ENROLMENT_CODE_SPENT')
    state.mood.enrolmentCode = ''
    state.devices.set(body.deviceId, body.publicKey)
    sendJson(response, 200, { deviceId: body.deviceId, label: '下栅 3 号机', areaCode: 440402 })
  },
  [contactDevice.path]: async (state, request, response) => {
    const body = JSON.parse(await readBody(request)) as BodyOf<typeof contactDevice>
    const publicKey = state.devices.get(body.deviceId)
    if (publicKey === undefined) return refuse(response, 'DEVICE_NOT_ENROLLED')
    if (!isSigned(publicKey, 'contact', body, [body.wiped, body.losses]))
      return refuse(response, 'DEVICE_PROOF_WRONG')
    state.losses.push(...body.losses)
    if (body.wiped !== null) state.wipes.push(body.wiped)
    const wipeRequestedAt = state.mood.device === 'wipe' ? '2020-02-10T04:00:00.000Z' : null
    sendJson(response, 200, { state: state.mood.device, wipeRequestedAt })
  },
  [readPassages.path]: async (state, request, response) => {
    if (sessionOf(request) === undefined) return refuse(response, 'NOT_SIGNED_IN')
    const { plate } = JSON.parse(await readBody(request)) as BodyOf<typeof readPassages>
    state.plateAsked.push(plate)
    sendJson(response, 200, state.passages.get(plate) ?? { passages: [], occupants: [] })
  },
  [fetchPackHead.path]: async (state, request, response) => {
    if (sessionOf(request) === undefined) return refuse(response, 'NOT_SIGNED_IN')
    const { content: _, ...signed } = packOf(state)
    if (request.headers['if-none-match'] !== `"${signed.version}"`)
      return sendJson(response, 200, { ...signed, area: 440400, matchKeys: state.matchKeys })
    response.writeHead(304)
    response.end()
  },
  [fetchPackContent.path]: async (state, request, response) => {
    const signed = packOf(state)
    const { searchParams } = new URL(request.url ?? '/', 'http://localhost')
    if (searchParams.get('version') !== signed.version) return refuse(response, 'PACK_VERSION_GONE')
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(signed.content)
  },
  [confirmMatch.path]: async (state, request, response) => {
    if (sessionOf(request) === undefined) return refuse(response, 'NOT_SIGNED_IN')
    const { number } = JSON.parse(await readBody(request)) as BodyOf<typeof confirmMatch>
    const reason = state.confirmed.get(number) ?? null
    sendJson(response, 200, { listed: reason !== null, reason })
  },
  [readHealth.path]: (state, _request, response) =>
    sendJson(response, 200, { status: 'ok', version: '0', now: nowOf(state) }),
}

const sendFile = async (dist: string, path: string, response: ServerResponse): Promise<void> => {
  const wanted = extname(path) === '' ? 'index.html' : path.replace(/^\/field\//, '')
  try {
    const bytes = await readFile(join(dist, wanted))
    response.writeHead(200, {
      'content-type': typeOf(wanted),
      'content-security-policy': policyOf(wanted),
      'cache-control': 'no-cache',
    })
    response.end(bytes)
  } catch {
    response.writeHead(404)
    response.end()
  }
}

/**
 * The built phone app and just enough of a server: it signs packs, judges each command by the contract's schema and
 * the domain's rules, and keeps each once.
 */
export const startStubServer = async (dist: string) => {
  const state = createState(await createParcelBox())
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (state.mood.down) {
      response.destroy()
      return
    }
    const handler = handlers[path]
    void (handler === undefined ? sendFile(dist, path, response) : handler(state, request, response))
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    stored: state.stored,
    uses: state.uses,
    content: state.content,
    order: state.order,
    mood: state.mood,
    policy: state.policy,
    matching: state.matching,
    matchKeys: state.matchKeys,
    confirmed: state.confirmed,
    losses: state.losses,
    wipes: state.wipes,
    devices: state.devices,
    passages: state.passages,
    plateAsked: state.plateAsked,
    pushes: () => state.pushes,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

export type StubServer = Awaited<ReturnType<typeof startStubServer>>
