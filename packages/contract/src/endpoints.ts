import {
  changeAccount,
  createAccount,
  disableAccount,
  enableAccount,
  endAccountSessions,
  issueLink,
  listAccountSessions,
  listAccounts,
  resetFactors,
  unlockAccount,
} from './access/accounts.ts'
import { createApiKey, listApiKeys, revokeApiKey } from './access/api-keys.ts'
import { contactDevice } from './access/device-contact.ts'
import { restoreDevice, revokeDevice } from './access/device-removal.ts'
import { listDevices } from './access/devices.ts'
import { bindDevice, enrolDevice, issueEnrolmentCode } from './access/enrolment.ts'
import {
  confirmTotp,
  endOwnSessions,
  listOwnSessions,
  readOwnAccount,
  removeTotp,
  renewBackupCodes,
  setPassword,
  startTotp,
} from './access/own-account.ts'
import {
  addPasskey,
  removePasskey,
  signInWithPasskey,
  startPasskey,
  startPasskeySignIn,
} from './access/passkeys.ts'
import { readSession, signIn, signOut } from './access/session.ts'
import {
  finishProviderSignIn,
  proveFactor,
  readSignInWays,
  signInWithPassword,
  startProviderSignIn,
} from './access/sign-in.ts'
import { auditChains, auditEntries, auditHeads, verifyAuditChains } from './audit/endpoints.ts'
import { certificateKeys } from './certificates/trust-list.ts'
import { changeFeed } from './changes/change-feed.ts'
import { declarationForm, signDeclaration, useDeclaration } from './declarations/endpoints.ts'
import type { EndpointDeclaration } from './endpoint.ts'
import {
  decideExport,
  downloadExport,
  listExports,
  requestExport,
  stopExport,
  traceExport,
} from './exports/endpoints.ts'
import {
  actOnHandover,
  changeHandoverLimits,
  listHandovers,
  readHandoverChain,
  readHandoverNames,
} from './handovers/endpoints.ts'
import { readHealth } from './health.ts'
import {
  askTasks,
  findDuplicates,
  readCoverage,
  readHousehold,
  readRound,
  recordHouseholdFact,
  setTeam,
} from './households/endpoints.ts'
import { lookUpHousehold, unmaskHouseholdField } from './households/look-up.ts'
import { readDueDoors, readTeamBoard, withdrawTask } from './households/planning.ts'
import { listAccesses } from './identity/accesses.ts'
import { listOwnLookUps, lookUpPerson, unmaskField } from './identity/look-up.ts'
import { confirmMatch, importMatches, listMatchLists, withdrawMatches } from './matching/endpoints.ts'
import {
  actOnAlarm,
  changeMonitoringPolicy,
  monitoringAlarm,
  monitoringAlarms,
  monitoringCalendar,
  monitoringPosts,
  monitoringSlots,
} from './monitoring/endpoints.ts'
import { importCases, listCaseSets } from './origin/case-reports.ts'
import { previewRiskAreas } from './origin/preview.ts'
import { readOriginCounts, readOriginMixing, readOriginRisk, readOriginTrend } from './origin/risk.ts'
import {
  endPairing,
  joinPairing,
  listPairings,
  listPartners,
  lookUpInPairing,
  openPairing,
  pairingFeed,
  readOwnPairings,
  readPairing,
  sayInPairing,
} from './pairing/endpoints.ts'
import {
  keepPaperForm,
  listPaperForms,
  readPaperBacklog,
  recordPaperForms,
  takeBackPaperForm,
} from './paper/endpoints.ts'
import { listPlaces } from './places/endpoints.ts'
import {
  listOwnDispatches,
  listSendableOfficers,
  readCrewHealth,
  readPost,
  readPostsBoard,
  recordPostFact,
} from './posts/endpoints.ts'
import {
  actOnQuarantine,
  orderQuarantine,
  printQuarantine,
  readQuarantineBoard,
  readQuarantineFile,
  readQuarantineLink,
  unmaskQuarantineField,
} from './quarantine/endpoints.ts'
import { askQuarantineHelp, readOwnQuarantine, reportQuarantine } from './quarantine/own.ts'
import { checkRelease } from './quarantine/released.ts'
import {
  decideProposal,
  listProposals,
  listPutAlone,
  proposeRules,
  reviewPutAlone,
  withdrawProposal,
} from './rescreen/proposals.ts'
import { listRuleVersions, publishRules } from './rescreen/rule-versions.ts'
import { listRescreens, startRescreen } from './rescreen/runs.ts'
import { publicNotice } from './responses/endpoints.ts'
import { readRetentionCertificate, readRetentionHistory, readRetentionPlan } from './retention/endpoints.ts'
import { renewCollection } from './retention/renewal.ts'
import { correctScreening } from './screening/corrections.ts'
import {
  answerOverride,
  listOverrides,
  overrideScreening,
  readDecision,
  replayDecisions,
} from './screening/decisions.ts'
import { recordScreening } from './screening/endpoints.ts'
import { correctFindings } from './screening/finding-corrections.ts'
import { readPassages } from './screening/passages.ts'
import {
  situationCurve,
  situationEvents,
  situationOrigins,
  situationPosts,
  situationSummary,
} from './situation/endpoints.ts'
import {
  answerRequest,
  handOnRequest,
  listRequests,
  openDeskPage,
  openRequest,
} from './subject-access/desk-endpoints.ts'
import { askRequest, closeOwnPage, openOwnPage, readOwnPage } from './subject-access/endpoints.ts'
import { fetchPack, fetchPackContent, fetchPackDelta, fetchPackHead } from './sync/pack.ts'
import { pushCommands } from './sync/push.ts'
import { setBudgets, setTestingSettings, testingAllocation, testingEvidence } from './testing/allocation.ts'
import { enterResults, importResults, listTests, recordTest } from './testing/results.ts'
import {
  addWorklistPart,
  beginWorklist,
  downloadRejected,
  inspectWorklist,
  listRejectedRows,
  listWorklists,
  startWorklist,
  undoWorklist,
} from './worklists/endpoints.ts'
import {
  openNextCall,
  readCallQueue,
  reassignCalls,
  recordCall,
  releaseCall,
  separateRows,
  takeBackCall,
} from './worklists/follow-up.ts'

/** The table of contents: every endpoint there is. */
export const endpoints = {
  recordScreening,
  readPassages,
  correctScreening,
  correctFindings,
  readDecision,
  overrideScreening,
  answerOverride,
  listOverrides,
  replayDecisions,
  keepPaperForm,
  listPaperForms,
  readPaperBacklog,
  recordPaperForms,
  takeBackPaperForm,
  pushCommands,
  fetchPack,
  fetchPackHead,
  fetchPackContent,
  fetchPackDelta,
  signIn,
  readSession,
  signOut,
  finishProviderSignIn,
  startProviderSignIn,
  proveFactor,
  signInWithPassword,
  readSignInWays,
  removePasskey,
  addPasskey,
  startPasskey,
  signInWithPasskey,
  startPasskeySignIn,
  renewBackupCodes,
  removeTotp,
  confirmTotp,
  startTotp,
  setPassword,
  endOwnSessions,
  listOwnSessions,
  readOwnAccount,
  revokeApiKey,
  createApiKey,
  listApiKeys,
  endAccountSessions,
  listAccountSessions,
  resetFactors,
  unlockAccount,
  issueLink,
  enableAccount,
  disableAccount,
  changeAccount,
  createAccount,
  listAccounts,
  listDevices,
  issueEnrolmentCode,
  enrolDevice,
  bindDevice,
  contactDevice,
  revokeDevice,
  restoreDevice,
  listPlaces,
  publicNotice,
  situationSummary,
  situationPosts,
  situationOrigins,
  situationCurve,
  situationEvents,
  lookUpPerson,
  unmaskField,
  listOwnLookUps,
  listAccesses,
  openOwnPage,
  readOwnPage,
  askRequest,
  closeOwnPage,
  listRequests,
  openRequest,
  answerRequest,
  handOnRequest,
  openDeskPage,
  requestExport,
  listExports,
  decideExport,
  stopExport,
  downloadExport,
  traceExport,
  renewCollection,
  readRetentionPlan,
  readRetentionHistory,
  readRetentionCertificate,
  auditHeads,
  auditEntries,
  auditChains,
  verifyAuditChains,
  importCases,
  listCaseSets,
  readOriginRisk,
  readOriginTrend,
  readOriginCounts,
  readOriginMixing,
  previewRiskAreas,
  monitoringPosts,
  monitoringSlots,
  monitoringCalendar,
  monitoringAlarms,
  monitoringAlarm,
  actOnAlarm,
  changeMonitoringPolicy,
  certificateKeys,
  declarationForm,
  signDeclaration,
  useDeclaration,
  testingAllocation,
  testingEvidence,
  recordTest,
  listTests,
  enterResults,
  importResults,
  setBudgets,
  setTestingSettings,
  importMatches,
  listMatchLists,
  withdrawMatches,
  confirmMatch,
  recordPostFact,
  readPostsBoard,
  readPost,
  readCrewHealth,
  listOwnDispatches,
  listSendableOfficers,
  listHandovers,
  readHandoverChain,
  readHandoverNames,
  actOnHandover,
  changeHandoverLimits,
  beginWorklist,
  addWorklistPart,
  inspectWorklist,
  startWorklist,
  listWorklists,
  listRejectedRows,
  downloadRejected,
  undoWorklist,
  openNextCall,
  releaseCall,
  recordCall,
  takeBackCall,
  readCallQueue,
  reassignCalls,
  separateRows,
  readRound,
  readHousehold,
  findDuplicates,
  recordHouseholdFact,
  readCoverage,
  readDueDoors,
  readTeamBoard,
  lookUpHousehold,
  unmaskHouseholdField,
  setTeam,
  askTasks,
  withdrawTask,
  openPairing,
  listPartners,
  readOwnPairings,
  joinPairing,
  readPairing,
  sayInPairing,
  lookUpInPairing,
  endPairing,
  pairingFeed,
  listPairings,
  orderQuarantine,
  actOnQuarantine,
  readQuarantineBoard,
  readQuarantineFile,
  unmaskQuarantineField,
  readQuarantineLink,
  printQuarantine,
  readOwnQuarantine,
  reportQuarantine,
  askQuarantineHelp,
  checkRelease,
  publishRules,
  proposeRules,
  listProposals,
  decideProposal,
  withdrawProposal,
  listPutAlone,
  reviewPutAlone,
  listRuleVersions,
  startRescreen,
  listRescreens,
  changeFeed,
  readHealth,
} as const satisfies Readonly<Record<string, EndpointDeclaration>>

export type EndpointName = keyof typeof endpoints
