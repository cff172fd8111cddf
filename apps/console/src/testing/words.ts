import type { PostYield, TypeEvidence } from '@guankou/contract/testing/allocation.ts'
import type { TestReasonWord } from '@guankou/contract/testing/quota.ts'
import type { TestGround } from '@guankou/contract/testing/record-test.ts'

/** Texts of the reasons why a type of traveller is tested, or is not. */
export const reasonKeys: Readonly<Record<TestReasonWord, string>> = {
  'nobody-arrives': 'testing.reasons.nobody-arrives',
  everyone: 'testing.reasons.everyone',
  'others-first': 'testing.reasons.others-first',
  'by-lot': 'testing.reasons.by-lot',
  'high-prevalence': 'testing.reasons.high-prevalence',
  'little-known': 'testing.reasons.little-known',
  'best-here': 'testing.reasons.best-here',
}

/** Texts of what the counts say of a rule. */
export const verdictKeys: Readonly<Record<TypeEvidence['verdict'], string>> = {
  'not-singled-out': 'testing.verdicts.not-singled-out',
  supported: 'testing.verdicts.supported',
  contradicted: 'testing.verdicts.contradicted',
  'no-evidence': 'testing.verdicts.no-evidence',
  'too-few': 'testing.verdicts.too-few',
}

/** Texts of the methods of screening. */
export const methodKeys: Readonly<Record<PostYield['method'], string>> = {
  forehead: 'testing.methods.forehead',
  ear: 'testing.methods.ear',
  axillary: 'testing.methods.axillary',
  gate: 'testing.methods.gate',
  test: 'testing.methods.test',
}

/** Texts of whether a post is worth its cost. */
export const yieldVerdictKeys: Readonly<Record<NonNullable<PostYield['verdict']>, string>> = {
  pays: 'testing.yieldVerdicts.pays',
  'costs-more': 'testing.yieldVerdicts.costs-more',
  open: 'testing.yieldVerdicts.open',
}

/** Texts of why somebody was asked. */
export const groundKeys: Readonly<Record<TestGround, string>> = {
  quota: 'testing.results.grounds.quota',
  lot: 'testing.results.grounds.lot',
  rule: 'testing.results.grounds.rule',
  request: 'testing.results.grounds.request',
}
