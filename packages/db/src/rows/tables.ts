import type { AccessTables } from './access.ts'
import type { AuditTables } from './audit.ts'
import type { ChangesTables } from './changes.ts'
import type { DeclarationsTables } from './declarations.ts'
import type { DevicesTables } from './devices.ts'
import type { DrillTables } from './drill.ts'
import type { ExportsTables } from './exports.ts'
import type { HandoverTables } from './handovers.ts'
import type { HouseholdsTables } from './households.ts'
import type { IdentityTables } from './identity.ts'
import type { IdentityAccessTables } from './identity-access.ts'
import type { MatchingTables } from './matching.ts'
import type { ModelsTables } from './models.ts'
import type { MonitoringTables } from './monitoring.ts'
import type { OriginTables } from './origin.ts'
import type { PairingTables } from './pairing.ts'
import type { PaperTables } from './paper.ts'
import type { PlacesTables } from './places.ts'
import type { PostsTables } from './posts.ts'
import type { QuarantineTables } from './quarantine.ts'
import type { RescreenTables } from './rescreen.ts'
import type { ResponsesTables } from './responses.ts'
import type { RetentionTables } from './retention.ts'
import type { ScreeningTables } from './screening.ts'
import type { SignInTables } from './sign-in.ts'
import type { SituationTables } from './situation.ts'
import type { SubjectAccessTables } from './subject-access.ts'
import type { TestingTables } from './testing.ts'
import type { WorklistTables } from './worklists.ts'

/** Row types of every table, by capability; a test compares them with the live schema. */
export type Tables = PlacesTables &
  MonitoringTables &
  ResponsesTables &
  AccessTables &
  DevicesTables &
  SignInTables &
  ScreeningTables &
  SituationTables &
  IdentityTables &
  IdentityAccessTables &
  SubjectAccessTables &
  ExportsTables &
  RetentionTables &
  AuditTables &
  ChangesTables &
  ModelsTables &
  MatchingTables &
  TestingTables &
  WorklistTables &
  RescreenTables &
  OriginTables &
  PostsTables &
  HandoverTables &
  HouseholdsTables &
  QuarantineTables &
  DrillTables &
  DeclarationsTables &
  PaperTables &
  PairingTables
