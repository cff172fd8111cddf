import type { OutputOf } from '@guankou/contract/endpoint.ts'
import type { listRuleVersions } from '@guankou/contract/rescreen/rule-versions.ts'
import { inArea } from '@guankou/db/area-scope.ts'
import { readPublications, type StoredPublication } from '@guankou/db/queries/rescreen/publications.ts'
import { ruleSetChange } from '@guankou/domain/rescreen/next-rule-set.ts'
import { needsSecondPerson } from '@guankou/domain/rescreen/proposal.ts'
import { ruleSetInForce } from '@guankou/domain/responses/rule-set-in-force.ts'
import type { Actor } from '#src/actor.ts'
import type { ServerContext } from '#src/context.ts'
import { done, type Result, refused } from '#src/result.ts'
import { cityDay, versionBefore } from '#src/use-cases/rescreen/start-run.ts'

const proposerOf = (publication: StoredPublication | undefined) => {
  if (publication === undefined) return null
  const { proposer_zh: zh, proposer_en: en } = publication
  return zh === null || en === null ? null : { zh, en }
}

/** Every version of the rules of a response, newest first, with what it changed and who put it into force. */
export const readVersions = async (
  context: ServerContext,
  actor: Actor,
  { responseId }: { readonly responseId: string },
): Promise<Result<OutputOf<typeof listRuleVersions>>> => {
  const { installation, response: find } = context.reference.current()
  const response = find(responseId)
  if (response === undefined) return refused('UNKNOWN_RESPONSE', '/responseId')
  const today = cityDay(context, installation?.cityCode ?? actor.areaCode)
  const inForce = ruleSetInForce(response.ruleSets, today)?.version
  const publications = await inArea(context.db, actor.areaCode, (transaction) =>
    readPublications(transaction, responseId),
  )
  const byVersion = new Map(publications.map((each) => [each.version, each]))
  return done({
    responseId,
    rulesBy: needsSecondPerson(response) ? 'two-people' : 'one-person',
    versions: response.ruleSets
      .toSorted((a, b) => b.version - a.version)
      .map((ruleSet) => {
        const publication = byVersion.get(ruleSet.version)
        return {
          version: ruleSet.version,
          effectiveFrom: ruleSet.effectiveFrom,
          inForce: ruleSet.version === inForce,
          publishedAt: publication?.published_at.toISOString() ?? null,
          publishedBy:
            publication === undefined ? null : { zh: publication.name_zh, en: publication.name_en },
          proposedBy: proposerOf(publication),
          alone: publication?.alone ?? false,
          ...ruleSetChange(versionBefore(response, ruleSet.version), ruleSet),
          riskAreas: [...ruleSet.riskAreas],
        }
      }),
  })
}
