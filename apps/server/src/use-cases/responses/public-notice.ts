import type { PublicNotice } from '@guankou/contract/responses/endpoints.ts'
import { ruleSetInForce } from '@guankou/domain/responses/rule-set-in-force.ts'
import type { ServerContext } from '#src/context.ts'
import { renewalView } from '#src/use-cases/retention/read-retention.ts'

const unnamedCity = { zh: '尚未设置城市', en: 'No city set up yet' }

/** What anyone may know before coming. */
export const readPublicNotice = ({ reference, now }: ServerContext): PublicNotice => {
  const { installation, jurisdiction, responses, posts, renewalOf } = reference.current()
  const city = installation === undefined ? undefined : jurisdiction(installation.cityCode)
  const today = new Date(now()).toISOString().slice(0, 10)
  return {
    city: city?.name ?? unnamedCity,
    demo: installation?.demo ?? false,
    posts: [...posts],
    responses: responses.flatMap((response) => {
      const ruleSet = ruleSetInForce(response.ruleSets, today)
      if (ruleSet === undefined || today > response.collectionUntil) return []
      const renewal = renewalOf(response.id)
      return [
        {
          id: response.id,
          name: response.name,
          collectionFrom: response.collectionFrom,
          collectionUntil: response.collectionUntil,
          ...(renewal === undefined ? {} : { renewal: renewalView(renewal) }),
          rulesVersion: ruleSet.version,
          feverThresholdCelsius: ruleSet.feverThresholdCelsius,
          exposureWindowDays: ruleSet.exposureWindowDays,
          symptoms: ruleSet.symptoms.map((symptom) => symptom.name),
          rules: ruleSet.rules.map(({ id, disposition, reason }) => ({ id, disposition, reason })),
        },
      ]
    }),
  }
}
