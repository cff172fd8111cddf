import type { SessionView } from '@guankou/contract/access/session.ts'
import type { EndpointDeclaration } from '@guankou/contract/endpoint.ts'
import { endpoints } from '@guankou/contract/endpoints.ts'
import type { Role } from '@guankou/contract/roles.ts'
import { paths } from '#src/path-builder.ts'

/** Every page with the endpoint it lives from: whoever may not call that does not see the page. */
export const pages = [
  { page: 'situation', endpoint: endpoints.situationSummary },
  { page: 'posts', endpoint: endpoints.situationPosts },
  { page: 'monitoring', endpoint: endpoints.monitoringAlarms },
  { page: 'handovers', endpoint: endpoints.listHandovers },
  { page: 'origins', endpoint: endpoints.readOriginRisk },
  { page: 'testing', endpoint: endpoints.testingAllocation },
  { page: 'testResults', endpoint: endpoints.listTests },
  { page: 'worklists', endpoint: endpoints.listWorklists },
  { page: 'calls', endpoint: endpoints.readCallQueue },
  { page: 'pairing', endpoint: endpoints.joinPairing },
  { page: 'paper', endpoint: endpoints.readPaperBacklog },
  { page: 'followUp', endpoint: endpoints.readDueDoors },
  { page: 'quarantine', endpoint: endpoints.readQuarantineBoard },
  { page: 'rounds', endpoint: endpoints.readCoverage },
  { page: 'household', endpoint: endpoints.lookUpHousehold },
  { page: 'matching', endpoint: endpoints.listMatchLists },
  { page: 'devices', endpoint: endpoints.listDevices },
  { page: 'retention', endpoint: endpoints.readRetentionPlan },
  { page: 'lookUp', endpoint: endpoints.listOwnLookUps },
  { page: 'decisions', endpoint: endpoints.listOverrides },
  { page: 'exports', endpoint: endpoints.listExports },
  { page: 'accesses', endpoint: endpoints.listAccesses },
  { page: 'requests', endpoint: endpoints.listRequests },
  { page: 'audit', endpoint: endpoints.auditEntries },
  { page: 'accounts', endpoint: endpoints.listAccounts },
] as const satisfies readonly { readonly page: keyof typeof paths; readonly endpoint: EndpointDeclaration }[]

export const isOpenTo = (role: Role, { access: { roles } }: EndpointDeclaration): boolean =>
  roles === 'anyone' || roles.includes(role)

/** Where a session begins: with what it lacks, else on the first page of its role, else on its own account. */
export const homeOf = ({ role, lacks }: Pick<SessionView, 'role' | 'lacks'>): string => {
  if (lacks !== undefined) return paths.finishSignIn
  const first = pages.find(({ endpoint }) => isOpenTo(role, endpoint))
  return first === undefined ? paths.account : paths[first.page]
}
