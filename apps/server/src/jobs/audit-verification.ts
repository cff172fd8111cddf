import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Database } from '@guankou/db/database.ts'
import { updateVerification } from '@guankou/db/queries/audit/verifications.ts'
import type { Logger } from 'pino'
import type { ReferenceCache } from '#src/reference/reference-cache.ts'
import { installationSigner } from '#src/use-cases/audit/close-days.ts'
import type { VerificationOrder } from '#src/use-cases/audit/verification-process.ts'

const program = fileURLToPath(new URL('../use-cases/audit/verification-process.ts', import.meta.url))

export type AuditVerifier = {
  /** That daily heads are signed with. */
  readonly publicKey: string
  /** Starts to verify the chains of an area in a process of its own, whose row is there already. */
  readonly start: (areaCode: number, id: string) => void
  /** Resolves when nothing is under way. */
  readonly drained: () => Promise<void>
  readonly stop: () => Promise<void>
}

/**
 * Runs verifications beside the server: recomputing millions of hashes in the server itself would make every other request
 * wait.
 * @param parts.rootKey  see `KeyCustody`
 */
export const createAuditVerifier = (parts: {
  readonly db: Database
  readonly reference: ReferenceCache
  readonly rootKey: Buffer
  readonly now: () => number
  readonly log: Logger
}): AuditVerifier => {
  const { publicKey } = installationSigner(parts.rootKey)
  const running = new Map<ChildProcess, Promise<void>>()
  const watch = async (child: ChildProcess, areaCode: number, id: string): Promise<void> => {
    const [code] = (await once(child, 'exit')) as [number | null]
    running.delete(child)
    if (code === 0) return
    parts.log.warn({ id, code }, 'a verification of the audit ended without a result')
    const at = new Date(parts.now())
    await updateVerification(parts.db.query, { areaCode, id, at }, { failed: true, finished_at: at }).catch(
      (error: unknown) => parts.log.warn({ err: error }, 'the end of a verification was not noted'),
    )
  }
  const drained = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running.values())
  }
  return {
    publicKey,
    start: (areaCode, id) => {
      const { jurisdictions, installation } = parts.reference.current()
      const child = fork(program, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
      const order: VerificationOrder = {
        databaseUrl: parts.db.url,
        areaCode,
        id,
        trustedKeys: [publicKey],
        jurisdictions,
        cityCode: installation?.cityCode,
        nowMs: parts.now(),
      }
      running.set(child, watch(child, areaCode, id))
      child.on('error', (error) => parts.log.warn({ err: error }, 'a verification could not be started'))
      child.send(order)
    },
    drained,
    stop: async () => {
      for (const child of running.keys()) child.kill()
      await drained()
    },
  }
}
