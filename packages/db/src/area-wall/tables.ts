/** What a request may do with the rows it sees. */
export type Privilege = 'select' | 'insert' | 'update' | 'delete'

/**
 * What the request role may do with a table.
 * `column`: the row lies in the area named by that column. `through`: it lies where the row of another table lies,
 * which that table's own policy decides. `everywhere`: the rows are of no area and anyone may see them.
 * `closed`: requests never touch it; the server does, in its own role, and `because` says why.
 */
export type TableRule =
  | { readonly is: 'column'; readonly column: string; readonly may: readonly Privilege[] }
  | { readonly is: 'through'; readonly condition: string; readonly may: readonly Privilege[] }
  | { readonly is: 'everywhere'; readonly may: readonly Privilege[]; readonly because: string }
  | { readonly is: 'closed'; readonly because: string }

const rows =
  (column: string) =>
  (...may: readonly Privilege[]): TableRule => ({ is: 'column', column, may })
const ofJurisdiction = rows('jurisdiction')
const ofAreaCode = rows('area_code')
const through = (condition: string, ...may: readonly Privilege[]): TableRule => ({
  is: 'through',
  condition,
  may,
})
const readEverywhere = (because: string): TableRule => ({ is: 'everywhere', may: ['select'], because })
const closed = (because: string): TableRule => ({ is: 'closed', because })

const ofAccount = 'exists (select from accounts where accounts.id = account_id)'
const ofDevice = 'exists (select from devices where devices.id = device_id)'
const library = 'what proves who somebody is; only signing in reads it'

/** Every table and what a request may do with it: the least that the use-cases need. */
export const tableRules: Readonly<Record<string, TableRule>> = {
  schema_migrations: closed('the server migrates'),

  jurisdictions: readEverywhere('names and time zones of divisions are public'),
  responses: readEverywhere('the public notice prints them'),
  rule_sets: {
    is: 'everywhere',
    may: ['select', 'insert'],
    because:
      'the public notice prints them; a version is added by the commander of the city, and never changed',
  },
  rule_set_publications: {
    is: 'everywhere',
    may: ['select', 'insert'],
    because: 'rules hold in the whole city, and so does who put them into force',
  },
  installation: readEverywhere('which city this is'),
  drill_clock: closed('the server keeps its clock'),
  posts: ofJurisdiction('select'),
  crews: through('exists (select from posts where posts.id = post_id)', 'select'),
  grid_cells: ofJurisdiction('select'),

  accounts: ofAreaCode('select', 'insert', 'update'),
  sign_in_links: closed('spent before it is known who asks, and from where'),
  sessions: through(ofAccount, 'select', 'update'),
  passkeys: through(ofAccount, 'select', 'delete'),
  api_keys: through(ofAccount, 'select', 'insert', 'update'),
  auth_users: closed(library),
  auth_credentials: closed(library),
  auth_second_factors: closed(library),
  spent_codes: closed(library),
  passkey_challenges: closed(library),
  sign_in_attempts: closed('counted before it is known who asks, and from where'),
  devices: ofAreaCode('select', 'insert', 'update'),
  // A phone may be lent to the next district: what is told from it then is of either area.
  refused_commands: through(`${ofDevice} or ${ofAccount}`, 'select', 'insert'),
  device_losses: through(`${ofDevice} or ${ofAccount}`, 'select', 'insert'),
  enrolment_codes: ofAreaCode('select', 'insert', 'update'),
  phone_policy: readEverywhere('each phone is told what is asked of it'),

  screenings: ofJurisdiction('select', 'insert'),
  screening_travellers: ofJurisdiction('select', 'insert'),
  screening_overrides: ofJurisdiction('select', 'insert'),
  screening_override_answers: ofJurisdiction('select', 'insert'),
  screening_corrections: ofJurisdiction('select', 'insert'),
  screening_finding_corrections: ofJurisdiction('select', 'insert'),
  paper_forms: ofJurisdiction('select', 'insert', 'update'),
  rollup_post_slots: ofJurisdiction('select', 'insert', 'update'),
  rollup_origin_days: ofJurisdiction('select', 'insert', 'update'),
  post_day_states: ofJurisdiction('select', 'insert', 'update'),
  rollup_post_origin_days: ofJurisdiction('select', 'insert', 'update'),
  rollup_declared_days: ofJurisdiction('select', 'insert', 'update'),

  identity_keys: ofJurisdiction('select', 'insert'),
  identity_accesses: ofJurisdiction('select', 'insert'),
  identity_look_ups: ofJurisdiction('select', 'insert'),
  exports: ofJurisdiction('select', 'insert', 'update'),
  export_chunks: ofJurisdiction('select', 'insert', 'delete'),
  exported_rows: ofJurisdiction('select', 'insert'),
  export_downloads: ofJurisdiction('select', 'insert'),

  subject_sessions: closed('opens a page before it is known whose, and from where'),
  subject_attempts: closed('counted before it is known who asks, and from where'),
  subject_requests: ofJurisdiction('select', 'insert'),
  subject_request_steps: ofJurisdiction('select', 'insert'),
  subject_corrections: ofJurisdiction('select', 'insert'),
  subject_policy: readEverywhere('how long an answer may take is public'),

  monitoring_policy: {
    is: 'everywhere',
    may: ['select', 'update'],
    because: 'one budget for the whole city, which every screen states; only its commander may change it',
  },
  monitoring_thresholds: readEverywhere('simulated, of no person and no place'),
  monitoring_hours: ofJurisdiction('select'),
  monitoring_forecasts: ofJurisdiction('select'),
  monitoring_alarms: ofJurisdiction('select'),
  monitoring_alarm_steps: ofJurisdiction('select', 'insert'),

  retention_policies: readEverywhere('how long what is kept is public'),
  retention_days: ofJurisdiction('select'),
  retention_certificates: through(
    'exists (select from retention_days where retention_days.certificate_id = retention_certificates.id)',
    'select',
  ),
  collection_renewals: {
    is: 'everywhere',
    may: ['select', 'insert'],
    because: 'a response ends on one day wherever it runs; the note is sealed',
  },

  model_runs: ofJurisdiction('select'),
  model_outputs: ofJurisdiction('select'),
  model_states: closed('the server goes on from them'),

  infection_tests: ofJurisdiction('select', 'insert'),
  infection_test_results: ofJurisdiction('select', 'insert'),
  rollup_testing_days: ofJurisdiction('select', 'insert', 'update'),
  testing_budgets: ofJurisdiction('select', 'insert'),
  testing_settings: {
    is: 'everywhere',
    may: ['select', 'insert'],
    because: 'a response has one way of testing wherever it runs',
  },
  testing_counted_days: closed('the job counts, and remembers what it has counted'),
  testing_day_types: closed('the job counts arrivals; small counts are in it'),
  testing_day_methods: closed('the job counts'),
  test_allocations: ofJurisdiction('select'),
  test_allocation_posts: ofJurisdiction('select'),
  testing_evidence: ofJurisdiction('select'),

  rollup_declaration_days: ofJurisdiction('select', 'insert', 'update'),
  declaration_uses: ofJurisdiction('select', 'insert'),

  origin_case_sets: ofJurisdiction('select', 'insert'),
  origin_case_reports: ofJurisdiction('select', 'insert'),
  origin_flow_reports: ofJurisdiction('select', 'insert'),
  origin_risks: ofJurisdiction('select'),
  origin_risk_totals: ofJurisdiction('select'),
  origin_mixes: ofJurisdiction('select'),

  match_lists: ofJurisdiction('select', 'insert'),
  match_list_ends: ofJurisdiction('select', 'insert'),
  match_list_keys: ofJurisdiction('select', 'insert', 'delete'),
  match_entries: ofJurisdiction('select', 'insert', 'delete'),
  post_facts: ofJurisdiction('select', 'insert'),
  handovers: ofJurisdiction('select', 'insert'),
  handover_people: ofJurisdiction('select', 'insert'),
  handover_facts: ofJurisdiction('select', 'insert'),
  handover_limits: {
    is: 'everywhere',
    may: ['select', 'update'],
    because: 'one limit for the whole city, which every screen counts by; only its commander may change it',
  },

  worklists: ofJurisdiction('select', 'insert', 'update'),
  worklist_imports: ofJurisdiction('select', 'insert', 'update'),
  worklist_file_parts: ofJurisdiction('select', 'insert'),
  worklist_rows: ofJurisdiction('select', 'insert', 'delete'),
  worklist_rejects: ofJurisdiction('select', 'insert', 'update', 'delete'),
  worklist_facts: ofJurisdiction('select', 'insert'),
  worklist_row_states: ofJurisdiction('select', 'insert', 'update', 'delete'),
  worklist_mappings: ofJurisdiction('select', 'insert', 'update'),
  rescreen_runs: {
    is: 'everywhere',
    may: ['select', 'insert'],
    because: 'a pass goes through the whole city; what it holds are versions and counts',
  },
  rule_proposals: ofJurisdiction('select', 'insert', 'update'),
  rules_put_alone: ofJurisdiction('select', 'insert', 'update'),
  rescreen_lists: ofJurisdiction('select'),
  rescreen_people: ofJurisdiction('select'),

  household_facts: ofJurisdiction('select', 'insert'),
  household_digests: ofJurisdiction('select', 'insert'),
  household_states: ofJurisdiction('select', 'insert', 'update'),
  household_tasks: ofJurisdiction('select', 'insert'),
  household_task_withdrawals: ofJurisdiction('select', 'insert'),
  community_teams: ofJurisdiction('select', 'insert'),
  pairings: ofJurisdiction('select', 'insert', 'update'),
  pairing_facts: ofJurisdiction('select', 'insert'),
  quarantines: ofJurisdiction('select', 'insert'),
  quarantine_facts: ofJurisdiction('select', 'insert'),
  quarantine_seals: ofJurisdiction('select', 'insert'),
  quarantine_accesses: ofJurisdiction('select', 'insert'),
  quarantine_doors: ofJurisdiction('select', 'update'),

  audit_day_heads: ofJurisdiction('select', 'insert'),
  audit_verifications: ofAreaCode('select', 'insert', 'update'),
  audit_heads: ofJurisdiction('select', 'insert', 'update'),
  audit_links: ofJurisdiction('select', 'insert'),
  audit_entries: ofJurisdiction('select', 'insert'),
  outbox: ofJurisdiction('select', 'insert'),
}

/** Columns that say whose a row is; the first one that a table has counts. */
export const areaColumns = ['jurisdiction', 'area_code'] as const

/**
 * The rule of a table. One that is not listed is held to its area where it has a column for it, and out of reach where
 * not: what is forgotten is safe, and a test asks for the line that is missing.
 * @param columns  names of its columns
 */
export const ruleOf = (table: string, columns: readonly string[]): TableRule => {
  const known = tableRules[table]
  if (known !== undefined) return known
  const column = areaColumns.find((name) => columns.includes(name))
  if (column === undefined) return closed('not listed in area-wall/tables.ts')
  return rows(column)('select', 'insert', 'update', 'delete')
}
