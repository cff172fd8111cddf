import { createHash } from 'node:crypto'
import { bindDevice } from '@guankou/contract/access/enrolment.ts'
import type { HandoverStep, OpenHandover, SignHandover } from '@guankou/contract/handovers/commands.ts'
import type { CustodySide } from '@guankou/contract/handovers/vocabulary.ts'
import type { Role } from '@guankou/contract/roles.ts'
import type { PushOutcome } from '@guankou/contract/sync/push.ts'
import { pushCommands } from '@guankou/contract/sync/push.ts'
import { handoverIdOf } from '@guankou/domain/handovers/handover-code.ts'
import { openingText, signedContent } from '@guankou/domain/handovers/signed-text.ts'
import { uuidV7FromRandom } from '@guankou/simulator/arrivals/uuid-v7.ts'
import { streamOf } from '@guankou/simulator/random/stream.ts'
import { createTestPhone } from './test-phone.ts'
import type { TestServer } from './test-server.ts'

let serial = 2_000_000
const nextSerial = (): number => {
  serial += 1
  return serial
}
const idAt = (atMs: number): string => uuidV7FromRandom(atMs, streamOf(nextSerial()))

/** The opening of a hand-over of the first of two people in a screening. */
export const anOpening = (atMs: number, overrides: Partial<OpenHandover> = {}): OpenHandover => ({
  kind: 'handover.open',
  schemaVersion: 1,
  id: handoverIdOf(atMs, nextSerial() % 8_192),
  jurisdiction: 440402,
  postId: 1,
  occurredAt: new Date(atMs).toISOString(),
  responseId: 'covid-19-like',
  screeningId: idAt(atMs - 60_000),
  people: [
    { seat: 1, part: 'index' },
    { seat: 2, part: 'companion' },
  ],
  ...overrides,
})

export const digestOfOpening = (opening: OpenHandover): string => {
  const { kind: _kind, schemaVersion: _version, ...said } = opening
  return createHash('sha256').update(openingText(said)).digest('base64url')
}

/** Somebody with a phone whose key the server knows. */
export const somebodyWithPhone = async (server: TestServer, role: Role, areaCode: number) => {
  const phone = await createTestPhone(`Phone of ${role}`)
  const session = await server.signIn(role, areaCode, phone.device)
  const nowText = () => new Date(server.clock.now).toISOString()
  const bound = await session.client.call(bindDevice, {
    body: await phone.bindBody(session.actor.accountId, nowText()),
  })
  if (bound.is !== 'ok') throw new Error(JSON.stringify(bound))
  const push = async (commands: readonly unknown[]): Promise<readonly PushOutcome[]> => {
    const outbox = { queued: commands.length, rejected: 0, unreadable: 0 }
    const sentAt = nowText()
    const proof = await phone.prove('push', sentAt, [outbox, commands])
    const body = { deviceId: phone.device.id, sentAt, outbox, commands: [...commands], proof }
    const answer = await session.client.call(pushCommands, { body })
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value.outcomes
  }
  const step = (about: OpenHandover, atMs: number) => ({
    schemaVersion: 1 as const,
    id: idAt(atMs),
    jurisdiction: about.jurisdiction,
    occurredAt: new Date(atMs).toISOString(),
    handoverId: about.id,
  })
  return {
    phone,
    session,
    push,
    step,
    sign: async (
      about: OpenHandover,
      side: CustodySide,
      atMs: number,
      opening: string | null = digestOfOpening(about),
    ): Promise<SignHandover> => {
      const base = step(about, atMs)
      const { accountId } = session.actor
      const content = signedContent({ handoverId: about.id, side, opening, accountId })
      const proof = await phone.prove('handover', base.occurredAt, content)
      return { kind: 'handover.sign', ...base, side, opening, proof }
    },
  }
}

export type SomebodyWithPhone = Awaited<ReturnType<typeof somebodyWithPhone>>
export type { HandoverStep }
