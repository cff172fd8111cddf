import { exposureLevels, type RiskArea, type RuleSet } from '@guankou/contract/responses/response.ts'
import type { AreaTransaction } from '@guankou/db/area-scope.ts'
import {
  countSelected,
  insertRescreenLists,
  lockRun,
  type StoredRun,
  updateRun,
} from '@guankou/db/queries/rescreen/runs.ts'
import {
  countOnFile,
  type RiskSpan,
  readSignatures,
  type Selection,
  type SelectionScope,
  selectPeople,
} from '@guankou/db/queries/rescreen/select-people.ts'
import { insertWorklist } from '@guankou/db/queries/worklists/imports.ts'
import { areaSpan } from '@guankou/domain/places/areas.ts'
import { addDays } from '@guankou/domain/places/calendar.ts'
import { ruleSetChange } from '@guankou/domain/rescreen/next-rule-set.ts'
import { mostSymptomsAsked, stricterFindings } from '@guankou/domain/rescreen/stricter-findings.ts'
import { v7 } from 'uuid'
import { instantsOfDay } from '#src/projections/situation/days.ts'
import { announceRescreen } from '#src/use-cases/rescreen/announce-rescreen.ts'
import { localDay, timeZoneOf, type WorklistContext } from '#src/use-cases/worklists/list-scope.ts'

const rankOf = (level: (typeof exposureLevels)[number]): number => exposureLevels.indexOf(level)

const spanOf = ({ areaCode, level, from, until }: RiskArea) => ({
  ...areaSpan(areaCode),
  from,
  until: until ?? null,
  rank: rankOf(level === 'high' ? 'high-risk-area' : 'medium-risk-area'),
})

const spansOf = ({ riskAreas, exposureWindowDays }: RuleSet, isAfter: boolean): RiskSpan[] =>
  riskAreas.map((area) => ({ ...spanOf(area), windowDays: exposureWindowDays, isAfter }))

export type Versions = { readonly before: RuleSet; readonly after: RuleSet }

/** The two versions that a run compares. @throws Error where one is gone, which versions never are */
export const versionsOfRun = (
  { reference }: Pick<WorklistContext, 'reference'>,
  run: StoredRun,
): Versions => {
  const ruleSets = reference.current().response(run.response_id)?.ruleSets ?? []
  const [before, after] = [run.before_version, run.version].map((version) =>
    ruleSets.find((ruleSet) => ruleSet.version === version),
  )
  if (before === undefined || after === undefined) throw new Error('a version of the rules is not there')
  return { before, after }
}

/** Everyone on file whom a run looks through. */
const scopeOf = (
  context: Pick<WorklistContext, 'reference'>,
  run: Pick<StoredRun, 'jurisdiction' | 'response_id' | 'started_at'>,
  { exposureWindowDays }: RuleSet,
): SelectionScope => {
  const timeZone = timeZoneOf(context, run.jurisdiction)
  const untilDay = localDay(context, run.jurisdiction, run.started_at.getTime())
  const fromDay = addDays(untilDay, 1 - exposureWindowDays)
  return {
    jurisdictions: context.reference.current().jurisdictionsIn(run.jurisdiction) ?? [],
    responseId: run.response_id,
    fromDay,
    untilDay,
    from: instantsOfDay(timeZone, fromDay).from,
    until: instantsOfDay(timeZone, untilDay).until,
  }
}

/** Whom a run looks through, and by what it selects them. */
export const selectionOf = async (
  context: Pick<WorklistContext, 'reference'>,
  transaction: AreaTransaction | WorklistContext['db']['query'],
  run: Pick<StoredRun, 'id' | 'jurisdiction' | 'response_id' | 'version' | 'started_at'>,
  { before, after }: Versions,
): Promise<Selection> => {
  const scope = scopeOf(context, run, after)
  const signatures = await readSignatures(transaction, scope)
  return {
    ...scope,
    runId: run.id,
    version: run.version,
    contactRank: rankOf('contact'),
    mostSymptoms: mostSymptomsAsked,
    spans: [...spansOf(before, false), ...spansOf(after, true)],
    findings: stricterFindings(before, after, signatures).map((finding) => ({
      ...finding,
      before: rankOf(finding.before),
      after: rankOf(finding.after),
    })),
  }
}

/** Makes an empty list in each district that somebody was selected in. */
const openLists = async (
  context: WorklistContext,
  transaction: AreaTransaction,
  run: StoredRun,
): Promise<number> => {
  const districts = await countSelected(transaction, run.id)
  const lists = districts.map(({ jurisdiction, people }) => ({
    jurisdiction,
    run_id: run.id,
    list_id: v7({ msecs: run.started_at.getTime() }),
    selected: people,
    listed: 0,
    linked: 0,
    unreadable: 0,
  }))
  for (const { jurisdiction, list_id } of lists)
    await insertWorklist(transaction, {
      jurisdiction,
      occurred_at: run.started_at,
      id: list_id,
      day: localDay(context, jurisdiction, run.started_at.getTime()),
      kind: 'rescreen',
      title: `${run.response_id} v${run.version}`.slice(0, 60),
      created_by: run.started_by,
      undone_at: null,
      undone_by: null,
      due_at: run.due_at,
    })
  await insertRescreenLists(transaction, lists)
  return districts.length
}

/**
 * Selects everyone whom a run is about, in one transaction: a stop leaves nothing of it, and it is done anew.
 * @returns the run as it stands then, or undefined where somebody else was faster
 */
export const selectRun = (context: WorklistContext, runId: string): Promise<StoredRun | undefined> =>
  context.db.query.transaction().execute(async (transaction) => {
    const run = await lockRun(transaction, runId)
    if (run?.state !== 'selecting') return undefined
    const versions = versionsOfRun(context, run)
    const selection = await selectionOf(context, transaction, run, versions)
    const added = ruleSetChange(versions.before, versions.after).added.map(spanOf)
    const { onFile, notAsked } = await countOnFile(transaction, selection, added)
    const selected = await selectPeople(transaction, selection)
    await openLists(context, transaction, run)
    const at = new Date(context.now())
    const isDone = selected === 0
    const change = {
      state: isDone ? 'done' : 'listing',
      on_file: onFile,
      not_asked: notAsked,
      selected,
      finished_at: isDone ? at : null,
    }
    await updateRun(transaction, run, change)
    await announceRescreen(transaction, run.jurisdiction, at)
    return { ...run, ...change }
  })
