import { hash } from 'node:crypto'

/** One act, as it is kept: who, from which device, did what to what, and how it ended. No identity fields. */
export type AuditEntry = {
  readonly accountId: string | null
  readonly deviceId: string | null
  readonly action: string
  readonly subject: string | null
  readonly outcome: string
  readonly detail: string | null
}

/** End of the chain of one jurisdiction. */
export type AuditHead = { readonly seq: number; readonly hash: Buffer }

export type AuditLink = AuditHead & {
  readonly atMs: number
  readonly entries: number
  readonly root: Buffer
  readonly previous: Buffer
}

const sha256 = (data: Buffer): Buffer => hash('sha256', data, 'buffer')

const leafPrefix = Buffer.from([0])
const nodePrefix = Buffer.from([1])

/** What a chain begins with. */
export const emptyHead: AuditHead = { seq: 0, hash: Buffer.alloc(32) }

/** Leaf of the tree: SHA-256 over 0x00 and the entry as a JSON array (RFC 9162 §2.1.1 for the prefix). */
export const auditLeaf = (entry: AuditEntry): Buffer =>
  sha256(
    Buffer.concat([
      leafPrefix,
      Buffer.from(
        JSON.stringify([
          entry.accountId,
          entry.deviceId,
          entry.action,
          entry.subject,
          entry.outcome,
          entry.detail,
        ]),
      ),
    ]),
  )

const pairUp = (level: readonly Buffer[]): Buffer[] => {
  const above: Buffer[] = []
  for (let index = 0; index < level.length; index += 2) {
    const left = level[index] as Buffer
    const right = level[index + 1]
    above.push(right === undefined ? left : sha256(Buffer.concat([nodePrefix, left, right])))
  }
  return above
}

/** Merkle root of the leaves in order (RFC 9162 §2.1.1). @throws RangeError where there is none */
export const merkleRoot = (leaves: readonly Buffer[]): Buffer => {
  if (leaves.length === 0) throw new RangeError('a link holds at least one entry')
  let level: readonly Buffer[] = leaves
  while (level.length > 1) level = pairUp(level)
  return level[0] as Buffer
}

/** The link that follows `head`: it binds the root of its entries, its time and place to everything before it. */
export const nextLink = (
  jurisdiction: number,
  head: AuditHead,
  entries: readonly AuditEntry[],
  atMs: number,
): AuditLink => {
  const root = merkleRoot(entries.map(auditLeaf))
  const seq = head.seq + 1
  const bound = Buffer.from(JSON.stringify([jurisdiction, seq, atMs, entries.length]))
  return {
    seq,
    atMs,
    entries: entries.length,
    root,
    previous: head.hash,
    hash: sha256(Buffer.concat([bound, head.hash, root])),
  }
}
