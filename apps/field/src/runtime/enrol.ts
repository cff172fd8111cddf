import { readEnrolmentCode } from '@guankou/contract/access/enrolment.ts'
import type { DeviceKey } from '#src/storage/device-key.ts'
import type { HeldStore } from '#src/storage/held-store.ts'
import type { Transport } from '#src/sync/transport.ts'
import type { SignInFailure } from './session.ts'

export type Enrolled =
  | { readonly is: 'enrolled'; readonly label: string }
  | { readonly is: 'refused'; readonly failure: SignInFailure }

/** Spends an enrolment code: the server learns the public key of this phone, and whose area it is for. */
export const enrolWith = async (
  {
    held,
    transport,
    deviceKey,
    deviceId,
  }: {
    readonly held: HeldStore
    readonly transport: Transport
    readonly deviceKey: DeviceKey
    readonly deviceId: string
  },
  typed: string,
): Promise<Enrolled> => {
  const code = readEnrolmentCode(typed)
  const sentAt = new Date().toISOString()
  const { publicKey } = deviceKey
  const proof = await deviceKey.prove('enrol', sentAt, [code, publicKey])
  const answer = await transport.enrol({ code, deviceId, publicKey, sentAt, proof })
  if (answer.is === 'ok') await held.write('registered', true)
  if (answer.is === 'ok') return { is: 'enrolled', label: answer.value.label }
  return { is: 'refused', failure: answer.is === 'refused' ? answer.error.code : 'UNREACHABLE' }
}
