import type { CustodySide, SignatureVerdict } from '@guankou/contract/handovers/vocabulary.ts'
import type { HandoverFile, StoredFact } from '@guankou/db/queries/handovers/handovers.ts'
import { signedContent } from '@guankou/domain/handovers/signed-text.ts'
import { isProved, readDeviceKey } from '#src/use-cases/devices/device-proof.ts'
import { openingDigestOf } from '#src/use-cases/handovers/handover-facts.ts'

/** Whether what is stored of a signature is what the device signed with the key that is stored beside it. */
const holds = (fact: StoredFact): boolean => {
  const { deviceId, accountId, proof, publicKey, side } = fact
  if (deviceId === null || accountId === null || proof === null || publicKey === null || side === null)
    return false
  const key = readDeviceKey(publicKey)
  if (key === undefined) return false
  return isProved(key, {
    use: 'handover',
    deviceId,
    sentAt: fact.at.toISOString(),
    content: signedContent({
      handoverId: fact.handoverId,
      side: side as CustodySide,
      opening: fact.openingDigest?.toString('base64url') ?? null,
      accountId,
    }),
    proof: proof.toString('base64url'),
  })
}

/**
 * Checks one signature again, from what is stored alone: that the device signed exactly this, and that what it signed for is
 * what was opened. A signature for an opening that has not arrived yet is one by its code.
 */
export const verdictOn = (file: HandoverFile, fact: StoredFact): SignatureVerdict => {
  if (!holds(fact)) return 'wrong'
  const opened = openingDigestOf(file)
  if (fact.openingDigest === null || opened === null) return 'by-code'
  return fact.openingDigest.equals(opened) ? 'good' : 'other-content'
}
