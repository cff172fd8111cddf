import { type CheckedRelease, releaseFields } from '@guankou/contract/quarantine/released.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { isConnectionLost } from '@guankou/db/database.ts'
import { executeIn, recordAudit } from '@guankou/db/queries/audit/append-audit.ts'
import { maskForOffer } from '@guankou/domain/identity/mask.ts'
import {
  readReleaseText,
  releaseExpiresAtMs,
  releaseSlipValidDays,
  releaseTextToSign,
  withReleaseSignature,
} from '@guankou/domain/quarantine/release-slip.ts'
import type { ServerContext } from '#src/context.ts'
import { isSignedBy } from '#src/identity/signing-key.ts'
import { done, type Result, refused } from '#src/result.ts'
import type { FollowedEpisode } from '#src/use-cases/quarantine/episode-scope.ts'
import { numberOnPaper } from '#src/use-cases/quarantine/paper-text.ts'
import type { OpenedPerson } from '#src/use-cases/quarantine/seal-person.ts'
import { cityOf } from '#src/use-cases/subject-access/open-page.ts'

const wholeMinutes = (ms: number): number => Math.floor(ms / 60_000) * 60_000

/** The text of the code on a certificate, which nobody can make without the root key. Nothing of it is stored. */
export const releaseCodeOf = (
  context: Pick<ServerContext, 'quarantine' | 'reference' | 'now'>,
  { file, order, episode }: FollowedEpisode,
  person: OpenedPerson,
): string => {
  const shown = maskForOffer({ name: person.name ?? '', documentNumber: person.document })
  const masked = (field: string): string => shown.find((each) => each.field === field)?.masked ?? ''
  const signed = releaseTextToSign({
    cityCode: cityOf(context),
    district: file.episode.jurisdiction,
    serial: numberOnPaper(order.id),
    name: masked('name'),
    document: masked('document'),
    releasedAtMs: wholeMinutes(episode.endedAtMs ?? order.orderedAtMs),
    issuedAtMs: wholeMinutes(context.now()),
    validDays: releaseSlipValidDays,
  })
  return withReleaseSignature(signed, context.quarantine.certificates.sign(signed))
}

/** What a code says, and whether this city signed it; looks nothing up. */
const readCode = async (
  context: Pick<ServerContext, 'quarantine' | 'reference' | 'now'>,
  text: string,
): Promise<CheckedRelease> => {
  const { publicKey } = context.quarantine.certificates
  const read = await readReleaseText(text, {
    cityCode: cityOf(context),
    check: async (signed, signature) =>
      isSignedBy(publicKey, signed, Buffer.from(signature)) ? 'good' : 'bad',
    nowMs: context.now(),
  })
  if (!('slip' in read)) return { verdict: read.verdict, certificate: null }
  const { serial, district, releasedAtMs, issuedAtMs } = read.slip
  const place = context.reference.current().jurisdiction(district)
  return {
    verdict: read.verdict,
    certificate: {
      serial,
      person: releaseFields.flatMap((field) => {
        const masked = read.slip[field]
        return masked === '' ? [] : [{ field, masked }]
      }),
      district: { ...(place?.name ?? { zh: String(district), en: String(district) }) },
      releasedAt: new Date(releasedAtMs).toISOString(),
      issuedAt: new Date(issuedAtMs).toISOString(),
      expiresAt: new Date(releaseExpiresAtMs(read.slip)).toISOString(),
      timeZone: place?.timeZone ?? 'UTC',
    },
  }
}

/** Checks a code for anyone who was shown a certificate; who checked whose is not written down. */
export const checkReleaseText = async (
  context: ServerContext,
  text: string,
): Promise<Result<CheckedRelease>> => {
  const checked = await readCode(context, text)
  const nobody = { accountId: null, deviceId: null, subject: null }
  const entry = { ...nobody, action: 'quarantine.released', outcome: 'done', detail: checked.verdict }
  try {
    await inArea(context.db, cityOf(context), (tx) =>
      recordAudit(executeIn(tx), cityOf(context), [entry], context.now()),
    )
  } catch (error) {
    if (isConnectionLost(error)) return refused('DATABASE_UNAVAILABLE')
    throw error
  }
  return done(checked)
}
