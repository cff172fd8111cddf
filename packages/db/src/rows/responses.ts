import type { Generated, JSONColumnType } from 'kysely'

/** Responses and their rules. */
export type ResponsesTables = {
  responses: ResponseRow
  rule_sets: RuleSetRow
}

type ResponseRow = {
  id: string
  name_zh: string
  name_en: string
  collection_from: string
  collection_until: string
  rules_by: Generated<string>
}

type RuleSetRow = { response_id: string; version: number; document: JSONColumnType<object> }
