import type { TrustList } from '@guankou/contract/certificates/trust-list.ts'
import type { Database } from '@guankou/db/database.ts'
import type { Logger } from 'pino'
import type { Drill } from '#src/drill/drill-clock.ts'
import type { IdentitySealer } from '#src/identity/identity-sealer.ts'
import type { PackSigner } from '#src/identity/pack-signer.ts'
import type { ParcelOpener } from '#src/identity/parcel-opener.ts'
import type { SigningKey } from '#src/identity/signing-key.ts'
import type { AuditVerifier } from '#src/jobs/audit-verification.ts'
import type { ModelRunner } from '#src/jobs/model-runs.ts'
import type { ChangeHub } from '#src/realtime/change-hub.ts'
import type { ReferenceCache } from '#src/reference/reference-cache.ts'
import type { UploadScanner } from '#src/scanning/upload-scanner.ts'
import type { Credentials } from '#src/sign-in/credentials.ts'
import type { LockOut } from '#src/sign-in/lock-out.ts'
import type { SignInPolicy } from '#src/sign-in/policy.ts'
import type { SignInSettings } from '#src/sign-in/settings.ts'
import type { DenialLog } from '#src/use-cases/access/denial-log.ts'
import type { SessionCache } from '#src/use-cases/access/session-cache.ts'
import type { DeviceCache } from '#src/use-cases/devices/device-cache.ts'
import type { ExportRunner } from '#src/use-cases/exports/export-runner.ts'
import type { QuarantineLinks } from '#src/use-cases/quarantine/links.ts'
import type { RescreenRunner } from '#src/use-cases/rescreen/rescreen-runner.ts'
import type { ScreeningRecorder } from '#src/use-cases/screening/screening-recorder.ts'
import type { SlipGuard } from '#src/use-cases/subject-access/slip-guard.ts'
import type { Packs } from '#src/use-cases/sync/build-pack.ts'
import type { PushLog } from '#src/use-cases/sync/push-log.ts'
import type { ImportRunner } from '#src/use-cases/worklists/import-runner.ts'

/** What signing in works with. */
export type AccessContext = {
  readonly sessions: SessionCache
  readonly denials: DenialLog
  readonly policy: SignInPolicy
  readonly settings: SignInSettings
  readonly lockOut: LockOut
  readonly credentials: Credentials
}

/** What use-cases work with; made once per process by `start-server.ts`. */
export type ServerContext = {
  readonly db: Database
  /** Unix time, milliseconds. */
  readonly now: () => number
  readonly log: Logger
  /** Null in a live city and in the demo. */
  readonly drill: Drill | null
  readonly reference: ReferenceCache
  readonly recorder: ScreeningRecorder
  readonly pushes: PushLog
  readonly packs: Packs
  readonly changes: ChangeHub
  readonly access: AccessContext
  readonly devices: DeviceCache
  readonly parcels: ParcelOpener
  readonly audit: AuditVerifier
  readonly identity: {
    readonly sealer: IdentitySealer
    readonly packSigner: PackSigner
    /** Signs what people declare before they come. */
    readonly declarations: SigningKey
  }
  readonly exports: ExportRunner
  /** Takes lists of people and vehicles in. */
  readonly worklists: ImportRunner
  /** Looks through people on file for changed rules. */
  readonly rescreens: RescreenRunner
  /** Looks at what comes in as a file. */
  readonly uploads: UploadScanner
  /** The operator’s trust list for health certificates. */
  readonly certificates: { readonly keys: TrustList }
  readonly modelRuns: ModelRunner
  readonly subjects: { readonly guard: SlipGuard }
  readonly quarantine: {
    readonly links: QuarantineLinks
    /** Signs certificates of release. */
    readonly certificates: SigningKey
  }
}
