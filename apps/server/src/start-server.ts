import type { Database } from '@guankou/db/database.ts'
import { createAnnouncer } from '@guankou/db/queries/changes/announce.ts'
import type { Logger } from 'pino'
import type { AccessContext, ServerContext } from '#src/context.ts'
import type { Drill } from '#src/drill/drill-clock.ts'
import { buildApp } from '#src/http/build-app.ts'
import type { EdgeSettings } from '#src/http/edge.ts'
import { createIdentitySealer } from '#src/identity/identity-sealer.ts'
import type { KeyCustody } from '#src/identity/key-custody.ts'
import { createPackSigner } from '#src/identity/pack-signer.ts'
import { createParcelOpener } from '#src/identity/parcel-opener.ts'
import { deriveSigningKey } from '#src/identity/signing-key.ts'
import { modelJobs } from '#src/jobs/all-model-jobs.ts'
import { startAuditDays } from '#src/jobs/audit-days.ts'
import { createAuditVerifier } from '#src/jobs/audit-verification.ts'
import { startFollowingRules } from '#src/jobs/follow-rules.ts'
import { startHandoverEscalation } from '#src/jobs/handovers/escalation.ts'
import { startMaintenance } from '#src/jobs/maintenance.ts'
import { createModelRunner } from '#src/jobs/model-runs.ts'
import { startEscalation } from '#src/jobs/monitoring/escalation.ts'
import { startQuarantineClock } from '#src/jobs/quarantine/clock.ts'
import { startRetentionJob } from '#src/jobs/retention.ts'
import { createChangeHub } from '#src/realtime/change-hub.ts'
import { createReferenceCache, type ReferenceCache } from '#src/reference/reference-cache.ts'
import { noScanner, type UploadScanner } from '#src/scanning/upload-scanner.ts'
import { createCredentials } from '#src/sign-in/credentials.ts'
import { createLockOut } from '#src/sign-in/lock-out.ts'
import { createSignInPolicy } from '#src/sign-in/policy.ts'
import type { SignInSettings } from '#src/sign-in/settings.ts'
import { createDenialLog, type DenialLog } from '#src/use-cases/access/denial-log.ts'
import { createSessionCache } from '#src/use-cases/access/session-cache.ts'
import { installationSigner } from '#src/use-cases/audit/close-days.ts'
import { createDeviceCache } from '#src/use-cases/devices/device-cache.ts'
import { createExportRunner } from '#src/use-cases/exports/export-runner.ts'
import { createQuarantineLinks } from '#src/use-cases/quarantine/links.ts'
import { createRescreenRunner } from '#src/use-cases/rescreen/rescreen-runner.ts'
import { createScreeningRecorder } from '#src/use-cases/screening/screening-recorder.ts'
import { createSlipGuard } from '#src/use-cases/subject-access/slip-guard.ts'
import { createPacks } from '#src/use-cases/sync/build-pack.ts'
import { createPushLog } from '#src/use-cases/sync/push-log.ts'
import { createImportRunner } from '#src/use-cases/worklists/import-runner.ts'

export type ServerParts = {
  readonly db: Database
  readonly keys: KeyCustody
  readonly log: Logger
  readonly signIn?: SignInSettings
  readonly now?: () => number
  readonly drill?: Drill
  readonly uploads?: UploadScanner
  /** Keys that health certificates are checked by. */
  readonly certificates?: ServerContext['certificates']
}

type ListeningParts = ServerParts &
  EdgeSettings & {
    readonly host: string
    readonly port: number
    /** False where another server of the city runs the models. */
    readonly runsModels?: boolean
  }

const createPhoneParts = async (
  {
    db,
    keys,
    reference,
    identity,
    certificates,
  }: Pick<ServerParts, 'db' | 'keys'> & {
    readonly reference: ReferenceCache
    readonly identity: Pick<ServerContext['identity'], 'sealer' | 'declarations'>
    readonly certificates: ServerContext['certificates']
  },
  now: () => number,
) => {
  const devices = createDeviceCache(db, now)
  const parcels = await createParcelOpener(keys.rootKey)
  return {
    devices,
    parcels,
    certificates,
    packs: createPacks({ db, now, reference, devices, parcels, identity, certificates }),
  }
}

const createSigners = ({ rootKey }: Pick<KeyCustody, 'rootKey'>) => ({
  packSigner: createPackSigner(rootKey),
  declarations: deriveSigningKey(rootKey, 'declaration-signature'),
})

const createAccess = (
  { db, keys, log, signIn: settings, now }: Required<Omit<ServerParts, 'drill' | 'uploads' | 'certificates'>>,
  reference: ReferenceCache,
  denials: DenialLog,
): AccessContext => {
  const policy = createSignInPolicy(settings, () => reference.current().installation?.demo ?? false)
  const parts = { db, rootKey: keys.rootKey, now, log }
  return {
    sessions: createSessionCache(db, now, policy),
    denials,
    policy,
    settings,
    lockOut: createLockOut(parts),
    credentials: createCredentials({ ...parts, settings }),
  }
}

/** What follows a commit: readers of the change feed are woken, and the models that wait for arrivals. */
const announceTo =
  (announcer: { announce: () => void }, models: { kick: (job: 'monitoring') => void }) => () => {
    announcer.announce()
    models.kick('monitoring')
  }

const recorderOf = (
  parts: Omit<Parameters<typeof createScreeningRecorder>[0], 'announce'>,
  announce: () => void,
) => createScreeningRecorder({ ...parts, announce })

/** What works beside the requests on what they left to be done. */
const createRunners = (
  parts: Parameters<typeof createExportRunner>[0],
  { settings }: Pick<KeyCustody, 'settings'>,
) => ({
  exports: createExportRunner(parts),
  worklists: createImportRunner({ ...parts, keys: settings }),
  rescreens: createRescreenRunner({ ...parts, keys: settings }),
})

/** By what people without an account come to what is their own. */
const createOwnDoors = (parts: Parameters<typeof createSlipGuard>[0]) => ({
  subjects: { guard: createSlipGuard(parts) },
  quarantine: {
    links: createQuarantineLinks(parts.rootKey),
    certificates: deriveSigningKey(parts.rootKey, 'release-certificate-signature'),
  },
})

/** Everything the use-cases work with, without the network: for the server, and for commands that write facts. */
export const createContext = async ({
  db,
  keys,
  log,
  signIn = {},
  now = Date.now,
  drill,
  uploads = noScanner,
  certificates = { keys: [] },
}: ServerParts): Promise<ServerContext & { readonly close: () => Promise<void> }> => {
  const reference = await createReferenceCache(db)
  const sealer = createIdentitySealer(db, keys, now)
  const changes = createChangeHub(db, log)
  const announcer = createAnnouncer(db.pool)
  const denials = createDenialLog(db, now, log)
  const verifier = createAuditVerifier({ db, reference, rootKey: keys.rootKey, now, log })
  const modelRuns = createModelRunner({ db, now, log, reference, jobs: modelJobs })
  const recorder = recorderOf({ db, now, reference, sealer }, announceTo(announcer, modelRuns))
  const pushes = createPushLog({ db, now })
  const identity = { sealer, ...createSigners(keys) }
  const runners = createRunners({ db, now, log, reference, identity }, keys)
  return {
    db,
    now,
    log,
    drill: drill ?? null,
    reference,
    recorder,
    pushes,
    changes,
    access: createAccess({ db, keys, log, signIn, now }, reference, denials),
    ...(await createPhoneParts({ db, keys, reference, identity, certificates }, now)),
    audit: verifier,
    identity,
    ...runners,
    uploads,
    modelRuns,
    ...createOwnDoors({ db, rootKey: keys.rootKey, now }),
    close: async () => {
      await modelRuns.stop()
      await Promise.all([runners.exports.stop(), runners.worklists.stop(), runners.rescreens.stop()])
      await recorder.drained()
      await pushes.drained()
      await verifier.stop()
      announcer.stop()
      await denials.stop()
      await changes.stop()
    },
  }
}

export type RunningServer = {
  readonly address: string
  readonly port: number
  readonly context: ServerContext
  /** Stops taking requests, answers those under way, writes what is waiting. */
  readonly close: () => Promise<void>
}

/** Starts the server on an open, migrated database. @throws Error with code EADDRINUSE where the port is taken */
export const startServer = async (parts: ListeningParts): Promise<RunningServer> => {
  const context = await createContext(parts)
  const app = await buildApp(context, parts)
  const maintenance = startMaintenance(context)
  const retention = startRetentionJob(context, parts.keys)
  const escalation = startEscalation(context)
  const handoverEscalation = startHandoverEscalation(context)
  const quarantineClock = startQuarantineClock(context)
  const followingRules = startFollowingRules(context)
  const auditDays = startAuditDays({ ...context, signer: installationSigner(parts.keys.rootKey) })
  const close = async (): Promise<void> => {
    await app.close()
    await maintenance.stop()
    await retention.stop()
    await auditDays.stop()
    await escalation.stop()
    await handoverEscalation.stop()
    await quarantineClock.stop()
    await followingRules.stop()
    await context.close()
  }
  context.worklists.kick()
  context.rescreens.kick()
  if (parts.runsModels ?? true) context.modelRuns.start()
  try {
    await app.listen({ host: parts.host, port: parts.port })
  } catch (error) {
    await close()
    throw error
  }
  const bound = app.server.address()
  const port = typeof bound === 'object' && bound !== null ? bound.port : parts.port
  return { address: `http://${parts.host}:${port}`, port, context, close }
}
