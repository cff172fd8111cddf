import type { Kysely } from 'kysely'
import type { Tables } from '#src/rows/tables.ts'

type Query = Kysely<Tables>

/** A certificate to the byte, with the signature over it. */
export type StoredCertificate = {
  readonly id: string
  readonly issuedAt: Date
  readonly content: string
  readonly signature: Buffer
  readonly publicKey: Buffer
}

const columns = ['id', 'issued_at as issuedAt', 'content', 'signature', 'public_key as publicKey'] as const

export const insertCertificate = async (query: Query, certificate: StoredCertificate): Promise<void> => {
  await query
    .insertInto('retention_certificates')
    .values({
      id: certificate.id,
      issued_at: certificate.issuedAt,
      content: certificate.content,
      signature: certificate.signature,
      public_key: certificate.publicKey,
    })
    .execute()
}

export const findCertificate = (query: Query, id: string): Promise<StoredCertificate | undefined> =>
  query.selectFrom('retention_certificates').select(columns).where('id', '=', id).executeTakeFirst()

/** The latest certificates, newest first. */
export const readCertificates = (query: Query, limit: number): Promise<StoredCertificate[]> =>
  query
    .selectFrom('retention_certificates')
    .select(columns)
    .orderBy('issued_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
