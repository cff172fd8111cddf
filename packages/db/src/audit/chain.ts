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

const sha256 = (data: Buffer | string): Buffer => hash('sha256', data, 'buffer')

const leafPrefix = '\u0000'
const nodePrefix = Buffer.from([1])

/** What a chain begins with. */
export const emptyHead: AuditHead = { seq: 0, hash: Buffer.alloc(32) }

/**
 * Leaf of the tree: SHA-256 over 0x00 and a JSON array (RFC 9162 §2.1.1 for the prefix).
 * @param fields  account, device, action, subject, outcome and detail of an entry
 */
export const auditLeafOf = (fields: readonly (string | null)[]): Buffer =>
  sha256(leafPrefix + JSON.stringify(fields))

/** Leaf of an entry. */
export const auditLeaf = (entry: AuditEntry): Buffer =>
  auditLeafOf([entry.accountId, entry.deviceId, entry.action, entry.subject, entry.outcome, entry.detail])

/** A Merkle root that is computed leaf by leaf; it holds one hash per level, however many leaves there are. */
export type MerkleSum = { readonly add: (leaf: Buffer) => void; readonly root: () => Buffer }

const node = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.concat([nodePrefix, left, right]))

/**
 * Adds up leaves in order to the root of RFC 9162 §2.1.1.
 * @returns `root` throws RangeError where no leaf was added
 */
export const createMerkleSum = (): MerkleSum => {
  // Roots of full subtrees, the largest first: as many as the number of leaves has binary ones.
  const subtrees: Buffer[] = []
  let leaves = 0
  return {
    add: (leaf) => {
      let top = leaf
      for (let rest = leaves; rest % 2 === 1; rest = (rest - 1) / 2) top = node(subtrees.pop() as Buffer, top)
      subtrees.push(top)
      leaves += 1
    },
    root: () => {
      const last = subtrees.at(-1)
      if (last === undefined) throw new RangeError('a link holds at least one entry')
      return subtrees.slice(0, -1).reduceRight((right, left) => node(left, right), last)
    },
  }
}

/** Merkle root of the leaves in order (RFC 9162 §2.1.1). @throws RangeError where there is none */
export const merkleRoot = (leaves: readonly Buffer[]): Buffer => {
  const sum = createMerkleSum()
  for (const leaf of leaves) sum.add(leaf)
  return sum.root()
}

/** Hash of a link: SHA-256 over place, number, time and size as a JSON array, the link before, and its root. */
export const linkHash = (jurisdiction: number, link: Omit<AuditLink, 'hash'>): Buffer =>
  sha256(
    Buffer.concat([
      Buffer.from(JSON.stringify([jurisdiction, link.seq, link.atMs, link.entries])),
      link.previous,
      link.root,
    ]),
  )

/** The link that follows `head`: it binds the root of its entries, its time and place to everything before it. */
export const nextLink = (
  jurisdiction: number,
  head: AuditHead,
  entries: readonly AuditEntry[],
  atMs: number,
): AuditLink => {
  const link = {
    seq: head.seq + 1,
    atMs,
    entries: entries.length,
    root: merkleRoot(entries.map(auditLeaf)),
    previous: head.hash,
  }
  return { ...link, hash: linkHash(jurisdiction, link) }
}
