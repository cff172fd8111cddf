import type { Implemented } from '#src/endpoint.ts'
import { accessAccountSessions } from '#src/endpoints/access/account-sessions.ts'
import { accessAccounts } from '#src/endpoints/access/accounts.ts'
import { accessAddPasskey } from '#src/endpoints/access/add-passkey.ts'
import { accessApiKeys } from '#src/endpoints/access/api-keys.ts'
import { accessBindDevice } from '#src/endpoints/access/bind-device.ts'
import { accessChangeAccount } from '#src/endpoints/access/change-account.ts'
import { accessConfirmTotp } from '#src/endpoints/access/confirm-totp.ts'
import { accessContactDevice } from '#src/endpoints/access/contact-device.ts'
import { accessCreateAccount } from '#src/endpoints/access/create-account.ts'
import { accessCreateApiKey } from '#src/endpoints/access/create-api-key.ts'
import { accessDevices } from '#src/endpoints/access/devices.ts'
import { accessDisableAccount } from '#src/endpoints/access/disable-account.ts'
import { accessEnableAccount } from '#src/endpoints/access/enable-account.ts'
import { accessEndAccountSessions } from '#src/endpoints/access/end-account-sessions.ts'
import { accessEndOwnSessions } from '#src/endpoints/access/end-own-sessions.ts'
import { accessEnrolDevice } from '#src/endpoints/access/enrol-device.ts'
import { accessIssueEnrolmentCode } from '#src/endpoints/access/issue-enrolment-code.ts'
import { accessIssueLink } from '#src/endpoints/access/issue-link.ts'
import { accessOwnAccount } from '#src/endpoints/access/own-account.ts'
import { accessOwnSessions } from '#src/endpoints/access/own-sessions.ts'
import { accessPasskeyChallenge } from '#src/endpoints/access/passkey-challenge.ts'
import { accessPasskeySignIn } from '#src/endpoints/access/passkey-sign-in.ts'
import { accessPasswordSignIn } from '#src/endpoints/access/password-sign-in.ts'
import { accessProveFactor } from '#src/endpoints/access/prove-factor.ts'
import { accessProviderReturn } from '#src/endpoints/access/provider-return.ts'
import { accessProviderSignIn } from '#src/endpoints/access/provider-sign-in.ts'
import { accessRemovePasskey } from '#src/endpoints/access/remove-passkey.ts'
import { accessRemoveTotp } from '#src/endpoints/access/remove-totp.ts'
import { accessRenewBackupCodes } from '#src/endpoints/access/renew-backup-codes.ts'
import { accessResetFactors } from '#src/endpoints/access/reset-factors.ts'
import { accessRestoreDevice } from '#src/endpoints/access/restore-device.ts'
import { accessRevokeApiKey } from '#src/endpoints/access/revoke-api-key.ts'
import { accessRevokeDevice } from '#src/endpoints/access/revoke-device.ts'
import { accessSession } from '#src/endpoints/access/session.ts'
import { accessSetPassword } from '#src/endpoints/access/set-password.ts'
import { accessSignIn } from '#src/endpoints/access/sign-in.ts'
import { accessSignInWays } from '#src/endpoints/access/sign-in-ways.ts'
import { accessSignOut } from '#src/endpoints/access/sign-out.ts'
import { accessStartPasskey } from '#src/endpoints/access/start-passkey.ts'
import { accessStartTotp } from '#src/endpoints/access/start-totp.ts'
import { accessUnlockAccount } from '#src/endpoints/access/unlock-account.ts'
import { auditChains } from '#src/endpoints/audit/chains.ts'
import { auditEntries } from '#src/endpoints/audit/entries.ts'
import { auditHeads } from '#src/endpoints/audit/heads.ts'
import { auditVerify } from '#src/endpoints/audit/verify.ts'
import { certificatesKeys } from '#src/endpoints/certificates/keys.ts'
import { changesFeed } from '#src/endpoints/changes/feed.ts'
import { declarationsForm } from '#src/endpoints/declarations/form.ts'
import { declarationsSign } from '#src/endpoints/declarations/sign.ts'
import { declarationsUse } from '#src/endpoints/declarations/use.ts'
import { exportsDecide } from '#src/endpoints/exports/decide.ts'
import { exportsDownload } from '#src/endpoints/exports/download.ts'
import { exportsList } from '#src/endpoints/exports/list.ts'
import { exportsRequest } from '#src/endpoints/exports/request.ts'
import { exportsStop } from '#src/endpoints/exports/stop.ts'
import { exportsTrace } from '#src/endpoints/exports/trace.ts'
import { handoversAct } from '#src/endpoints/handovers/act.ts'
import { handoversChain } from '#src/endpoints/handovers/chain.ts'
import { handoversLimits } from '#src/endpoints/handovers/limits.ts'
import { handoversList } from '#src/endpoints/handovers/list.ts'
import { handoversNames } from '#src/endpoints/handovers/names.ts'
import { healthRead } from '#src/endpoints/health/read.ts'
import { householdsAskTasks } from '#src/endpoints/households/ask-tasks.ts'
import { householdsCoverage } from '#src/endpoints/households/coverage.ts'
import { householdsDueDoors } from '#src/endpoints/households/due-doors.ts'
import { householdsDuplicates } from '#src/endpoints/households/duplicates.ts'
import { householdsHousehold } from '#src/endpoints/households/household.ts'
import { householdsLookUp } from '#src/endpoints/households/look-up.ts'
import { householdsRecord } from '#src/endpoints/households/record.ts'
import { householdsRound } from '#src/endpoints/households/round.ts'
import { householdsSetTeam } from '#src/endpoints/households/set-team.ts'
import { householdsTeams } from '#src/endpoints/households/teams.ts'
import { householdsUnmask } from '#src/endpoints/households/unmask.ts'
import { householdsWithdrawTask } from '#src/endpoints/households/withdraw-task.ts'
import { identityAccesses } from '#src/endpoints/identity/accesses.ts'
import { identityLookUp } from '#src/endpoints/identity/look-up.ts'
import { identityOwnLookUps } from '#src/endpoints/identity/own-look-ups.ts'
import { identityUnmask } from '#src/endpoints/identity/unmask.ts'
import { matchingConfirm } from '#src/endpoints/matching/confirm.ts'
import { matchingImport } from '#src/endpoints/matching/import.ts'
import { matchingLists } from '#src/endpoints/matching/lists.ts'
import { matchingWithdraw } from '#src/endpoints/matching/withdraw.ts'
import { monitoringAct } from '#src/endpoints/monitoring/act.ts'
import { monitoringAlarm } from '#src/endpoints/monitoring/alarm.ts'
import { monitoringAlarms } from '#src/endpoints/monitoring/alarms.ts'
import { monitoringCalendar } from '#src/endpoints/monitoring/calendar.ts'
import { monitoringPolicy } from '#src/endpoints/monitoring/policy.ts'
import { monitoringPosts } from '#src/endpoints/monitoring/posts.ts'
import { monitoringSlots } from '#src/endpoints/monitoring/slots.ts'
import { originCaseSets } from '#src/endpoints/origin/case-sets.ts'
import { originCounts } from '#src/endpoints/origin/counts.ts'
import { originImportCases } from '#src/endpoints/origin/import-cases.ts'
import { originMixing } from '#src/endpoints/origin/mixing.ts'
import { originPreview } from '#src/endpoints/origin/preview.ts'
import { originRisk } from '#src/endpoints/origin/risk.ts'
import { originTrend } from '#src/endpoints/origin/trend.ts'
import { pairingEnd } from '#src/endpoints/pairing/end.ts'
import { pairingFacts } from '#src/endpoints/pairing/facts.ts'
import { pairingFeed } from '#src/endpoints/pairing/feed.ts'
import { pairingJoin } from '#src/endpoints/pairing/join.ts'
import { pairingLog } from '#src/endpoints/pairing/log.ts'
import { pairingLookUp } from '#src/endpoints/pairing/look-up.ts'
import { pairingMine } from '#src/endpoints/pairing/mine.ts'
import { pairingOpen } from '#src/endpoints/pairing/open.ts'
import { pairingPartners } from '#src/endpoints/pairing/partners.ts'
import { pairingSay } from '#src/endpoints/pairing/say.ts'
import { paperBacklog } from '#src/endpoints/paper/backlog.ts'
import { paperForms } from '#src/endpoints/paper/forms.ts'
import { paperKeep } from '#src/endpoints/paper/keep.ts'
import { paperRecord } from '#src/endpoints/paper/record.ts'
import { paperTakeBack } from '#src/endpoints/paper/take-back.ts'
import { placesList } from '#src/endpoints/places/list.ts'
import { postsBoard } from '#src/endpoints/posts/board.ts'
import { postsCrewHealth } from '#src/endpoints/posts/crew-health.ts'
import { postsDispatches } from '#src/endpoints/posts/dispatches.ts'
import { postsOfficers } from '#src/endpoints/posts/officers.ts'
import { postsPost } from '#src/endpoints/posts/post.ts'
import { postsRecord } from '#src/endpoints/posts/record.ts'
import { quarantineAct } from '#src/endpoints/quarantine/act.ts'
import { quarantineAsk } from '#src/endpoints/quarantine/ask.ts'
import { quarantineBoard } from '#src/endpoints/quarantine/board.ts'
import { quarantineFile } from '#src/endpoints/quarantine/file.ts'
import { quarantineLink } from '#src/endpoints/quarantine/link.ts'
import { quarantineOrder } from '#src/endpoints/quarantine/order.ts'
import { quarantineOwn } from '#src/endpoints/quarantine/own.ts'
import { quarantinePrint } from '#src/endpoints/quarantine/print.ts'
import { quarantineReleased } from '#src/endpoints/quarantine/released.ts'
import { quarantineReport } from '#src/endpoints/quarantine/report.ts'
import { quarantineUnmask } from '#src/endpoints/quarantine/unmask.ts'
import { rescreenAlone } from '#src/endpoints/rescreen/alone.ts'
import { rescreenDecide } from '#src/endpoints/rescreen/decide.ts'
import { rescreenProposals } from '#src/endpoints/rescreen/proposals.ts'
import { rescreenPropose } from '#src/endpoints/rescreen/propose.ts'
import { rescreenPublish } from '#src/endpoints/rescreen/publish.ts'
import { rescreenReview } from '#src/endpoints/rescreen/review.ts'
import { rescreenRuns } from '#src/endpoints/rescreen/runs.ts'
import { rescreenStart } from '#src/endpoints/rescreen/start.ts'
import { rescreenVersions } from '#src/endpoints/rescreen/versions.ts'
import { rescreenWithdraw } from '#src/endpoints/rescreen/withdraw.ts'
import { responsesPublicNotice } from '#src/endpoints/responses/public-notice.ts'
import { responsesRenewCollection } from '#src/endpoints/responses/renew-collection.ts'
import { retentionCertificate } from '#src/endpoints/retention/certificate.ts'
import { retentionHistory } from '#src/endpoints/retention/history.ts'
import { retentionPlan } from '#src/endpoints/retention/plan.ts'
import { screeningAnswerOverride } from '#src/endpoints/screening/answer-override.ts'
import { screeningCorrect } from '#src/endpoints/screening/correct.ts'
import { screeningCorrectFindings } from '#src/endpoints/screening/correct-findings.ts'
import { screeningDecision } from '#src/endpoints/screening/decision.ts'
import { screeningOverride } from '#src/endpoints/screening/override.ts'
import { screeningOverrides } from '#src/endpoints/screening/overrides.ts'
import { screeningPassages } from '#src/endpoints/screening/passages.ts'
import { screeningRecord } from '#src/endpoints/screening/record.ts'
import { screeningReplay } from '#src/endpoints/screening/replay.ts'
import { situationCurve } from '#src/endpoints/situation/curve.ts'
import { situationEvents } from '#src/endpoints/situation/events.ts'
import { situationOrigins } from '#src/endpoints/situation/origins.ts'
import { situationPosts } from '#src/endpoints/situation/posts.ts'
import { situationSummary } from '#src/endpoints/situation/summary.ts'
import { subjectAccessAnswer } from '#src/endpoints/subject-access/answer.ts'
import { subjectAccessAsk } from '#src/endpoints/subject-access/ask.ts'
import { subjectAccessClose } from '#src/endpoints/subject-access/close.ts'
import { subjectAccessDeskPage } from '#src/endpoints/subject-access/desk-page.ts'
import { subjectAccessHandOn } from '#src/endpoints/subject-access/hand-on.ts'
import { subjectAccessOpen } from '#src/endpoints/subject-access/open.ts'
import { subjectAccessOpenRequest } from '#src/endpoints/subject-access/open-request.ts'
import { subjectAccessPage } from '#src/endpoints/subject-access/page.ts'
import { subjectAccessRequests } from '#src/endpoints/subject-access/requests.ts'
import { syncPack } from '#src/endpoints/sync/pack.ts'
import { syncPackContent } from '#src/endpoints/sync/pack-content.ts'
import { syncPackDelta } from '#src/endpoints/sync/pack-delta.ts'
import { syncPackHead } from '#src/endpoints/sync/pack-head.ts'
import { syncPush } from '#src/endpoints/sync/push.ts'
import { testingAllocation } from '#src/endpoints/testing/allocation.ts'
import { testingEnterResults } from '#src/endpoints/testing/enter-results.ts'
import { testingEvidence } from '#src/endpoints/testing/evidence.ts'
import { testingImportResults } from '#src/endpoints/testing/import-results.ts'
import { testingRecord } from '#src/endpoints/testing/record.ts'
import { testingSetBudgets } from '#src/endpoints/testing/set-budgets.ts'
import { testingSetSettings } from '#src/endpoints/testing/set-settings.ts'
import { testingTests } from '#src/endpoints/testing/tests.ts'
import { worklistsAddPart } from '#src/endpoints/worklists/add-part.ts'
import { worklistsBegin } from '#src/endpoints/worklists/begin.ts'
import { worklistsInspect } from '#src/endpoints/worklists/inspect.ts'
import { worklistsLists } from '#src/endpoints/worklists/lists.ts'
import { worklistsMend } from '#src/endpoints/worklists/mend.ts'
import { worklistsNext } from '#src/endpoints/worklists/next.ts'
import { worklistsQueue } from '#src/endpoints/worklists/queue.ts'
import { worklistsReassign } from '#src/endpoints/worklists/reassign.ts'
import { worklistsRecord } from '#src/endpoints/worklists/record.ts'
import { worklistsRejectedRows } from '#src/endpoints/worklists/rejected-rows.ts'
import { worklistsRelease } from '#src/endpoints/worklists/release.ts'
import { worklistsSeparate } from '#src/endpoints/worklists/separate.ts'
import { worklistsStart } from '#src/endpoints/worklists/start.ts'
import { worklistsTakeBack } from '#src/endpoints/worklists/take-back.ts'
import { worklistsUndo } from '#src/endpoints/worklists/undo.ts'

/** What the server answers: one implementation for each endpoint of the contract. */
export const implemented: readonly Implemented[] = [
  screeningPassages,
  screeningRecord,
  screeningCorrect,
  screeningCorrectFindings,
  screeningDecision,
  screeningOverride,
  screeningAnswerOverride,
  screeningOverrides,
  screeningReplay,
  syncPush,
  syncPack,
  syncPackHead,
  syncPackContent,
  syncPackDelta,
  matchingImport,
  matchingLists,
  matchingWithdraw,
  matchingConfirm,
  accessSignIn,
  accessSession,
  accessSignOut,
  accessRevokeApiKey,
  accessCreateApiKey,
  accessApiKeys,
  accessEndAccountSessions,
  accessAccountSessions,
  accessIssueLink,
  accessResetFactors,
  accessUnlockAccount,
  accessEnableAccount,
  accessDisableAccount,
  accessChangeAccount,
  accessCreateAccount,
  accessAccounts,
  accessRemovePasskey,
  accessAddPasskey,
  accessStartPasskey,
  accessRenewBackupCodes,
  accessRemoveTotp,
  accessConfirmTotp,
  accessStartTotp,
  accessSetPassword,
  accessEndOwnSessions,
  accessOwnSessions,
  accessOwnAccount,
  accessProviderReturn,
  accessProviderSignIn,
  accessProveFactor,
  accessPasskeyChallenge,
  accessPasskeySignIn,
  accessPasswordSignIn,
  accessSignInWays,
  accessDevices,
  accessIssueEnrolmentCode,
  accessEnrolDevice,
  accessBindDevice,
  accessContactDevice,
  accessRevokeDevice,
  accessRestoreDevice,
  placesList,
  responsesPublicNotice,
  situationSummary,
  situationPosts,
  situationOrigins,
  situationCurve,
  situationEvents,
  identityLookUp,
  identityUnmask,
  identityOwnLookUps,
  identityAccesses,
  subjectAccessOpen,
  subjectAccessPage,
  subjectAccessAsk,
  subjectAccessClose,
  subjectAccessRequests,
  subjectAccessOpenRequest,
  subjectAccessAnswer,
  subjectAccessHandOn,
  subjectAccessDeskPage,
  exportsRequest,
  exportsList,
  exportsDecide,
  exportsStop,
  exportsDownload,
  exportsTrace,
  responsesRenewCollection,
  retentionPlan,
  retentionHistory,
  retentionCertificate,
  auditHeads,
  auditEntries,
  auditChains,
  auditVerify,
  monitoringPosts,
  monitoringSlots,
  monitoringCalendar,
  monitoringAlarms,
  monitoringAlarm,
  monitoringAct,
  monitoringPolicy,
  changesFeed,
  certificatesKeys,
  declarationsForm,
  declarationsSign,
  declarationsUse,
  testingAllocation,
  testingEnterResults,
  testingEvidence,
  testingImportResults,
  testingRecord,
  postsRecord,
  postsBoard,
  postsPost,
  postsCrewHealth,
  postsOfficers,
  postsDispatches,
  testingSetBudgets,
  testingSetSettings,
  testingTests,
  originCaseSets,
  originCounts,
  originImportCases,
  originMixing,
  originPreview,
  originRisk,
  originTrend,
  householdsRound,
  householdsHousehold,
  householdsDuplicates,
  householdsRecord,
  householdsCoverage,
  householdsDueDoors,
  householdsTeams,
  householdsLookUp,
  householdsUnmask,
  householdsSetTeam,
  householdsAskTasks,
  householdsWithdrawTask,
  handoversList,
  handoversChain,
  handoversNames,
  handoversAct,
  handoversLimits,
  paperBacklog,
  paperForms,
  paperKeep,
  paperRecord,
  paperTakeBack,
  pairingEnd,
  pairingFacts,
  pairingFeed,
  pairingJoin,
  pairingLog,
  pairingLookUp,
  pairingMine,
  pairingOpen,
  pairingPartners,
  pairingSay,
  rescreenPublish,
  rescreenPropose,
  rescreenProposals,
  rescreenDecide,
  rescreenWithdraw,
  rescreenAlone,
  rescreenReview,
  rescreenVersions,
  rescreenStart,
  rescreenRuns,
  worklistsAddPart,
  worklistsBegin,
  worklistsInspect,
  worklistsLists,
  worklistsMend,
  worklistsNext,
  worklistsQueue,
  worklistsReassign,
  worklistsRecord,
  worklistsRejectedRows,
  worklistsRelease,
  worklistsSeparate,
  worklistsStart,
  worklistsTakeBack,
  worklistsUndo,
  quarantineOrder,
  quarantineAct,
  quarantineBoard,
  quarantineFile,
  quarantineUnmask,
  quarantineLink,
  quarantinePrint,
  quarantineOwn,
  quarantineReport,
  quarantineAsk,
  quarantineReleased,
  healthRead,
]
