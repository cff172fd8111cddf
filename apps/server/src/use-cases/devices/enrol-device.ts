import { createHash, randomInt } from 'node:crypto'
import {
  type EnrolmentCode,
  type enrolDevice as enrolEndpoint,
  enrolmentAlphabet,
  enrolmentCodeLength,
  enrolmentCodeValidMs,
} from '@guankou/contract/access/enrolment.ts'
import type { BodyOf, OutputOf } from '@guankou/contract/endpoint.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { findDeviceState } from '@guankou/db/queries/access/device-states.ts'
import { enrolByCode, insertEnrolmentCode, spendEnrolmentCode } from '@guankou/db/queries/access/enrolment.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { refusalOfDevice } from '#src/use-cases/devices/device-cache.ts'
import { isProved, readDeviceKey } from '#src/use-cases/devices/device-proof.ts'

const digestOf = (code: string): Buffer => createHash('sha256').update(`enrolment|${code}`).digest()

/** 32^10 codes, each good for ten minutes, and tries are limited: none is guessed. */
const newCode = (): string =>
  Array.from({ length: enrolmentCodeLength }, () =>
    enrolmentAlphabet.charAt(randomInt(enrolmentAlphabet.length)),
  ).join('')

/** Makes an enrolment code for a phone of an area; only its digest is kept. */
export const issueEnrolmentCode = async (
  { db, now }: ServerContext,
  actor: Actor,
  { area, label }: { readonly area: number; readonly label: string },
): Promise<Result<EnrolmentCode>> => {
  const nowMs = now()
  const code = newCode()
  const expiresAtMs = nowMs + enrolmentCodeValidMs
  await inArea(db, actor.areaCode, async (tx) => {
    await insertEnrolmentCode(tx, {
      digest: digestOf(code),
      areaCode: area,
      label,
      createdBy: actor.accountId,
      createdAt: new Date(nowMs),
      expiresAt: new Date(expiresAtMs),
    })
    const entry = {
      accountId: actor.accountId,
      deviceId: actor.deviceId,
      action: 'access.issue-enrolment-code',
      subject: null,
      outcome: 'done',
      detail: null,
    }
    await recordAudit(executeIn(tx), area, [entry], nowMs)
  })
  return done({ code, label, areaCode: area, expiresAt: new Date(expiresAtMs).toISOString() })
}

/** Carries a refusal out of a transaction, which it undoes: the code stays unspent. */
class EnrolmentRefused extends Error {
  readonly code: 'DEVICE_KEY_TAKEN' | 'DEVICE_REVOKED'
  constructor(code: EnrolmentRefused['code']) {
    super(code)
    this.code = code
  }
}

/** Spends a code and makes the phone a device of the code's area. Runs for nobody signed in: the code is the right. */
export const enrolDevice = async (
  { db, now, devices }: ServerContext,
  body: BodyOf<typeof enrolEndpoint>,
): Promise<Result<OutputOf<typeof enrolEndpoint>>> => {
  const { deviceId, sentAt, proof, publicKey, code } = body
  const raw = Buffer.from(publicKey, 'base64url')
  const key = readDeviceKey(raw)
  if (
    key === undefined ||
    !isProved(key, { use: 'enrol', deviceId, sentAt, proof, content: [code, publicKey] })
  )
    return refused('DEVICE_PROOF_WRONG')
  const nowMs = now()
  const at = new Date(nowMs)
  try {
    const result = await db.query.transaction().execute(async (tx) => {
      const digest = digestOf(code)
      const spent = await spendEnrolmentCode(tx, digest, at)
      if (spent === undefined) return refused('ENROLMENT_CODE_SPENT', '/code')
      const known = await findDeviceState(tx, deviceId)
      if (refusalOfDevice(known) !== undefined) throw new EnrolmentRefused('DEVICE_REVOKED')
      if (known?.publicKey !== undefined && known.publicKey !== null && !known.publicKey.equals(raw))
        throw new EnrolmentRefused('DEVICE_KEY_TAKEN')
      const { label, areaCode, createdBy } = spent
      await enrolByCode(tx, { id: deviceId, codeDigest: digest, publicKey: raw, label, areaCode, now: at })
      const entry = {
        accountId: createdBy,
        deviceId,
        action: 'access.enrol-device',
        subject: deviceId,
        outcome: 'done',
        detail: null,
      }
      await recordAudit(executeIn(tx), areaCode, [entry], nowMs)
      return done({ deviceId, label, areaCode })
    })
    devices.forget(deviceId)
    return result
  } catch (error) {
    if (error instanceof EnrolmentRefused) return refused(error.code)
    throw error
  }
}
