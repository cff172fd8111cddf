import { describe, expect, it } from 'vitest'
import { roles } from '../roles.ts'
import {
  columnsOfSubject,
  type ExportColumn,
  exportColumnNames,
  exportColumns,
  exportPurposes,
  exportRequesters,
  exportSubjects,
} from './columns.ts'
import { exportRules, purposesFor } from './rules.ts'

/** Columns by which somebody could be found or called. */
const naming: readonly ExportColumn[] = [
  'plate',
  'service',
  'name',
  'document-number',
  'phone',
  'corrections',
  'list',
  'address',
  'place',
]

describe.each(exportSubjects)('lists of %s', (subject) => {
  const rules = exportPurposes.flatMap((purpose) => {
    const rule = exportRules[subject][purpose]
    return rule === undefined ? [] : [{ purpose, ...rule }]
  })

  it('hold columns of their own alone, each once, and are asked for by roles that ask for lists', () => {
    const own: readonly ExportColumn[] = columnsOfSubject[subject]
    for (const { columns, requesters } of rules) {
      expect(columns.filter((column) => !own.includes(column))).toEqual([])
      expect(new Set(columns).size).toBe(columns.length)
      expect(requesters.filter((role) => !exportRequesters.some((each) => each === role))).toEqual([])
    }
  })

  it('name nobody where quality is checked', () => {
    const columns: readonly ExportColumn[] = exportRules[subject]['quality-check']?.columns ?? []
    expect(columns.length).toBeGreaterThan(0)
    expect(columns.filter((column) => naming.includes(column))).toEqual([])
  })

  it('hold a name and a number where people are called, and no document', () => {
    const columns: readonly ExportColumn[] = exportRules[subject]['follow-up']?.columns ?? []
    expect(columns).toContain('name')
    expect(columns).toContain('phone')
    expect(columns.filter((column) => column.startsWith('document') || column === 'address')).toEqual([])
  })

  it('leave no column that no purpose may have', () => {
    const told = new Set(rules.flatMap(({ columns }) => columns))
    expect(columnsOfSubject[subject].filter((column) => !told.has(column))).toEqual([])
  })

  it('are for no role that looks after the system or watches over it', () => {
    for (const role of roles)
      if (purposesFor(subject, role).length > 0) expect(['administrator', 'auditor']).not.toContain(role)
  })
})

it('every column has a name', () => {
  expect(exportColumns.filter((column) => exportColumnNames[column].zh === '')).toEqual([])
})
