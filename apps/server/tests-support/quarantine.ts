import type { Answer } from '@guankou/contract/client.ts'
import type { OrderQuarantine, QuarantineStepCommand } from '@guankou/contract/quarantine/commands.ts'
import {
  actOnQuarantine,
  orderQuarantine,
  readQuarantineBoard,
  readQuarantineFile,
  readQuarantineLink,
} from '@guankou/contract/quarantine/endpoints.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { v7 } from 'uuid'
import type { TestServer } from './test-server.ts'

export const quarantineDistrict = 440402

const named = (atMs: number) => ({
  schemaVersion: 1 as const,
  id: v7({ msecs: atMs }),
  jurisdiction: quarantineDistrict,
  occurredAt: new Date(atMs).toISOString(),
})

/** An order for somebody at home, exposed two days before. */
export const anOrder = (atMs: number, overrides: Partial<OrderQuarantine> = {}): OrderQuarantine => ({
  kind: 'quarantine.order',
  ...named(atMs),
  responseId: 'covid-19-like',
  site: 'home',
  lastExposureOn: new Date(atMs - 2 * 86_400_000).toISOString().slice(0, 10),
  person: {
    name: '欧阳隔离',
    document: { kind: 'passport', number: 'QX 889977' },
    phone: '13800138123',
    address: '香洲区吉大街道某小区 3 栋 1204',
  },
  ...overrides,
})

/** The code of a refusal, or `ok`. */
export const codeOf = (answer: Answer<unknown>): string =>
  answer.is === 'refused' ? answer.error.code : answer.is

type StepFields = { [key: string]: unknown }

/** What is done in an episode. */
export const aStep = <Kind extends QuarantineStepCommand['kind']>(
  { id: quarantineId, jurisdiction }: Pick<OrderQuarantine, 'id' | 'jurisdiction'>,
  kind: Kind,
  atMs: number,
  fields: StepFields = {},
): Extract<QuarantineStepCommand, { kind: Kind }> =>
  ({ kind, ...named(atMs), jurisdiction, quarantineId, ...fields }) as unknown as Extract<
    QuarantineStepCommand,
    { kind: Kind }
  >

/** What tests do with quarantine; each call signs in anew, because clocks are moved over days. */
export const quarantineDesk = (server: TestServer) => {
  const as = async (role: Role, areaCode: number) => (await server.signIn(role, areaCode)).client
  const value = <T>(answer: { readonly is: string; readonly value?: T }): T => {
    if (answer.is !== 'ok') throw new Error(JSON.stringify(answer))
    return answer.value as T
  }
  return {
    as,
    order: async (command: OrderQuarantine, role: Role = 'community-health') =>
      (await as(role, command.jurisdiction)).call(orderQuarantine, { body: command }),
    act: async (command: QuarantineStepCommand, role: Role = 'community-health') =>
      (await as(role, command.jurisdiction)).call(actOnQuarantine, { body: command }),
    board: async (area: number, role: Role = 'commander') =>
      value(await (await as(role, 440400)).call(readQuarantineBoard, { query: { area } })),
    file: async (
      jurisdiction: number,
      id: string,
      role: Role = 'community-street',
      areaCode = jurisdiction,
    ) => value(await (await as(role, areaCode)).call(readQuarantineFile, { query: { jurisdiction, id } })),
    secretOf: async (jurisdiction: number, id: string) =>
      value(
        await (await as('community-street', jurisdiction)).call(readQuarantineLink, {
          body: { jurisdiction, id },
        }),
      ).secret,
  }
}
