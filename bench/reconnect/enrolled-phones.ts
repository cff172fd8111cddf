import { createHash, generateKeyPairSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import type { Database } from '@guankou/db/database.ts'
import { v7 } from 'uuid'

export type EnrolledPhone = {
  readonly accountId: string
  readonly deviceId: string
  readonly token: string
  readonly key: KeyObject
}

const atOnce = 1_000

const makePhone = (): EnrolledPhone & { readonly publicKey: Buffer } => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  return {
    accountId: v7(),
    deviceId: randomUUID(),
    token: randomBytes(32).toString('base64url'),
    key: privateKey,
    publicKey: point,
  }
}

/**
 * Phones as they are after a shift began: enrolled with a key of their own, an inspector signed in on each. Written at once,
 * because it is not signing in that is measured.
 */
export const enrolPhones = async (
  { pool }: Pick<Database, 'pool'>,
  count: number,
  areaCode: number,
): Promise<EnrolledPhone[]> => {
  const phones: EnrolledPhone[] = []
  const [from, until] = [new Date(), new Date(Date.now() + 12 * 3_600_000)]
  while (phones.length < count) {
    const made = Array.from({ length: Math.min(atOnce, count - phones.length) }, makePhone)
    const accounts = made.map(({ accountId }) => accountId)
    const devices = made.map(({ deviceId }) => deviceId)
    await pool.query(
      `insert into accounts (id, login, name_zh, name_en, role, area_code)
        select id, 'phone-' || id, '查验员', 'Inspector', 'inspector', $2 from unnest($1::uuid[]) id`,
      [accounts, areaCode],
    )
    await pool.query(
      `insert into devices (id, label, area_code, enrolled_at, public_key, enrolled_how)
        select id, 'Phone', $3, $4, key, 'by-code' from unnest($1::uuid[], $2::bytea[]) as p (id, key)`,
      [devices, made.map(({ publicKey }) => publicKey), areaCode, from],
    )
    await pool.query(
      `insert into sessions (token_digest, account_id, device_id, created_at, expires_at, method, front, factor_at, last_seen_at)
        select digest, account, device, $4, $5, 'link', 'field', $4, $4
        from unnest($1::bytea[], $2::uuid[], $3::uuid[]) as p (digest, account, device)`,
      [made.map(({ token }) => createHash('sha256').update(token).digest()), accounts, devices, from, until],
    )
    phones.push(...made)
  }
  return phones
}
