import type { Role } from '../roles.ts'
import {
  callColumns,
  type ExportColumn,
  type ExportPurpose,
  type ExportSubject,
  exportPurposes,
  quarantineColumns,
} from './columns.ts'

/** What a purpose allows of one subject. */
export type ExportRule = {
  readonly requesters: readonly Role[]
  /** The most that a list of the purpose may hold; whoever asks takes of these what is needed. */
  readonly columns: readonly ExportColumn[]
  readonly mostRows: number
  readonly validDays: number
}

type PurposeRules = Readonly<Partial<Record<ExportPurpose, ExportRule>>>

/** Of people who were screened. */
const screeningRules: PurposeRules = {
  'contact-tracing': {
    requesters: ['screening-clerk', 'commander'],
    columns: [
      'occurred-at',
      'post',
      'lane',
      'plate',
      'service',
      'seat',
      'name',
      'document-kind',
      'document-number',
      'phone',
      'origin',
      'corrections',
    ],
    mostRows: 20_000,
    validDays: 3,
  },
  'follow-up': {
    requesters: ['screening-clerk'],
    columns: ['occurred-at', 'name', 'phone', 'origin', 'symptoms', 'disposition', 'override', 'corrections'],
    mostRows: 20_000,
    validDays: 3,
  },
  'hand-over': {
    requesters: ['screening-clerk', 'commander', 'post-lead'],
    columns: [
      'occurred-at',
      'post',
      'name',
      'document-kind',
      'document-number',
      'phone',
      'fever',
      'readings',
      'symptoms',
      'certificates',
      'disposition',
      'override',
      'corrections',
    ],
    mostRows: 5_000,
    validDays: 2,
  },
  'legal-request': {
    requesters: ['commander', 'data-protection-officer'],
    columns: [
      'occurred-at',
      'post',
      'lane',
      'plate',
      'service',
      'seat',
      'name',
      'document-kind',
      'document-number',
      'phone',
      'origin',
      'exposure',
      'fever',
      'readings',
      'symptoms',
      'certificates',
      'disposition',
      'override',
      'corrections',
    ],
    mostRows: 5_000,
    validDays: 7,
  },
  'quality-check': {
    requesters: ['screening-clerk', 'commander', 'data-protection-officer'],
    columns: [
      'occurred-at',
      'post',
      'lane',
      'document-kind',
      'origin',
      'exposure',
      'fever',
      'readings',
      'symptoms',
      'certificates',
      'disposition',
      'override',
    ],
    mostRows: 100_000,
    validDays: 7,
  },
}

/** Of rows of worklists: a list of whom to call again needs a name and a number, one for quality neither. */
const callRules: PurposeRules = {
  'contact-tracing': {
    requesters: ['screening-clerk', 'commander'],
    columns: [
      'list-kind',
      'brought-on',
      'name',
      'document-kind',
      'document-number',
      'phone',
      'plate',
      'place',
      'call-state',
      'call-outcome',
      'called-at',
    ],
    mostRows: 20_000,
    validDays: 3,
  },
  'follow-up': {
    requesters: ['screening-clerk'],
    columns: [
      'list-kind',
      'list',
      'name',
      'phone',
      'call-state',
      'attempts',
      'call-outcome',
      'called-at',
      'next-call-at',
    ],
    mostRows: 20_000,
    validDays: 3,
  },
  'hand-over': {
    requesters: ['screening-clerk', 'commander'],
    columns: [
      'list-kind',
      'brought-on',
      'name',
      'document-kind',
      'document-number',
      'phone',
      'address',
      'place',
      'call-state',
      'call-outcome',
      'called-at',
    ],
    mostRows: 5_000,
    validDays: 2,
  },
  'legal-request': {
    requesters: ['commander', 'data-protection-officer'],
    columns: callColumns,
    mostRows: 5_000,
    validDays: 7,
  },
  'quality-check': {
    requesters: ['screening-clerk', 'commander', 'data-protection-officer'],
    columns: [
      'list-kind',
      'brought-on',
      'call-state',
      'attempts',
      'call-outcome',
      'called-at',
      'next-call-at',
    ],
    mostRows: 100_000,
    validDays: 7,
  },
}

/** Of episodes of quarantine. Contacts of a case are traced from screenings and calls, so that purpose has none of them. */
const quarantineRules: PurposeRules = {
  'follow-up': {
    requesters: ['screening-clerk'],
    columns: [
      'ordered-at',
      'district',
      'site',
      'name',
      'phone',
      'first-day',
      'last-day',
      'quarantine-state',
      'missed',
    ],
    mostRows: 20_000,
    validDays: 3,
  },
  'hand-over': {
    requesters: ['screening-clerk', 'commander'],
    columns: [
      'ordered-at',
      'district',
      'site',
      'name',
      'document-number',
      'phone',
      'address',
      'first-day',
      'last-day',
      'quarantine-state',
    ],
    mostRows: 5_000,
    validDays: 2,
  },
  'legal-request': {
    requesters: ['commander', 'data-protection-officer'],
    columns: quarantineColumns,
    mostRows: 5_000,
    validDays: 7,
  },
  'quality-check': {
    requesters: ['screening-clerk', 'commander', 'data-protection-officer'],
    columns: [
      'ordered-at',
      'district',
      'site',
      'first-day',
      'last-day',
      'quarantine-state',
      'missed',
      'ended-at',
      'ended-how',
    ],
    mostRows: 100_000,
    validDays: 7,
  },
}

/** Which purpose may have which columns of what, how many rows, and for how long: the smallest list that serves it. */
export const exportRules: Readonly<Record<ExportSubject, PurposeRules>> = {
  screenings: screeningRules,
  calls: callRules,
  quarantine: quarantineRules,
}

/** @throws Error for a purpose that has nothing of the subject, which no request gets past */
export const exportRuleOf = (subject: ExportSubject, purpose: ExportPurpose): ExportRule => {
  const rule = exportRules[subject][purpose]
  if (rule === undefined) throw new Error(`no list of ${subject} is made for ${purpose}`)
  return rule
}

/** Purposes for which a role may ask for a list of a subject. */
export const purposesFor = (subject: ExportSubject, role: Role): readonly ExportPurpose[] =>
  exportPurposes.filter((purpose) => exportRules[subject][purpose]?.requesters.includes(role) === true)
