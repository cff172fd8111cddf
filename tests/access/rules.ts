import { type DataClass, dataClassesIn } from '@guankou/contract/data-classes.ts'
import { type EndpointDeclaration, operationalPurposes, type Purpose } from '@guankou/contract/endpoint.ts'
import type { Role } from '@guankou/contract/roles.ts'

/** What must hold of every endpoint, whoever declares it. */
export type AccessRule = {
  readonly says: string
  readonly isBroken: (endpoint: EndpointDeclaration) => boolean
}

/** What identities may be answered for. */
const identityPurposes: readonly Purpose[] = [
  'identity-look-up',
  'identity-export',
  'follow-up',
  'pairing',
  'subject-access',
]

const isOpenTo = ({ access }: EndpointDeclaration, ...asked: readonly Role[]): boolean =>
  access.roles !== 'anyone' && access.roles.some((role) => asked.includes(role))

const answers = ({ output }: EndpointDeclaration, dataClass: DataClass): boolean =>
  dataClassesIn(output).has(dataClass)

const takes = ({ body, query }: EndpointDeclaration, dataClass: DataClass): boolean =>
  [body, query].some((schema) => dataClassesIn(schema).has(dataClass))

const isOperational = ({ access }: EndpointDeclaration): boolean =>
  operationalPurposes.includes(access.purpose)

/** The rules that are older than any endpoint, told by data classes and purposes. */
export const accessRules: readonly AccessRule[] = [
  {
    says: 'administrators read no identity, and nothing about anyone’s health',
    isBroken: (endpoint) =>
      isOpenTo(endpoint, 'administrator') && (answers(endpoint, 'identity') || answers(endpoint, 'health')),
  },
  {
    says: 'administrators do not look for people: they send no identity along either, but to sign in',
    isBroken: (endpoint) =>
      isOpenTo(endpoint, 'administrator') &&
      takes(endpoint, 'identity') &&
      !['sign-in', 'administration'].includes(endpoint.access.purpose),
  },
  {
    says: 'the data-protection officer changes no operations',
    isBroken: (endpoint) =>
      isOpenTo(endpoint, 'data-protection-officer') && endpoint.method === 'POST' && isOperational(endpoint),
  },
  {
    says: 'the data-protection officer writes nothing about anyone’s health',
    isBroken: (endpoint) => isOpenTo(endpoint, 'data-protection-officer') && takes(endpoint, 'health'),
  },
  {
    says: 'the auditor changes nothing but the audit of the audit and their own sign-in',
    isBroken: (endpoint) =>
      isOpenTo(endpoint, 'auditor') &&
      endpoint.method === 'POST' &&
      !['sign-in', 'audit', 'oversight'].includes(endpoint.access.purpose),
  },
  {
    says: 'identities are answered for a purpose that the person is shown, and every time is audited',
    isBroken: (endpoint) =>
      answers(endpoint, 'identity') &&
      !(identityPurposes.includes(endpoint.access.purpose) && endpoint.audit.record === 'every'),
  },
  {
    says: 'what is said of anyone’s health goes to nobody without an account',
    isBroken: (endpoint) =>
      endpoint.access.roles === 'anyone' &&
      answers(endpoint, 'health') &&
      endpoint.access.purpose !== 'subject-access',
  },
  {
    says: 'applicants and devices do nothing by a session',
    isBroken: (endpoint) => isOpenTo(endpoint, 'applicant', 'device'),
  },
  {
    says: 'service accounts administer nothing and answer for nothing',
    isBroken: (endpoint) =>
      isOpenTo(endpoint, 'service-account') &&
      ['administration', 'oversight', 'retention', 'audit', 'identity-look-up'].includes(
        endpoint.access.purpose,
      ),
  },
]
