import type { DeclarableResponse, DeclarationForm } from '@guankou/contract/declarations/endpoints.ts'
import { daySlotOf } from '@guankou/domain/places/calendar.ts'
import { ruleSetInForce } from '@guankou/domain/responses/rule-set-in-force.ts'
import type { ServerContext } from '#src/context.ts'

/** The city whose people declare, with its day; `undefined` while none is set up. */
export const declaringCity = ({ reference, now }: Pick<ServerContext, 'reference' | 'now'>) => {
  const { installation, jurisdiction } = reference.current()
  const city = installation === undefined ? undefined : jurisdiction(installation.cityCode)
  if (installation === undefined || city === undefined) return undefined
  return { ...city, demo: installation.demo, today: daySlotOf(city.timeZone, now()).day }
}

/** Responses that collect on a day, as far as their questions need them; the one that began last comes first. */
export const declarableResponses = (
  { reference }: Pick<ServerContext, 'reference'>,
  today: string,
): readonly DeclarableResponse[] =>
  reference
    .current()
    .responses.filter(
      ({ collectionFrom, collectionUntil }) => collectionFrom <= today && today <= collectionUntil,
    )
    .sort((one, other) => other.collectionFrom.localeCompare(one.collectionFrom))
    .flatMap(({ id, name, collectionUntil, ruleSets }) => {
      const ruleSet = ruleSetInForce(ruleSets, today)
      if (ruleSet === undefined) return []
      const { version, exposureWindowDays, symptoms, riskAreas } = ruleSet
      const isOn = ({ from, until }: (typeof riskAreas)[number]): boolean =>
        from <= today && (until === undefined || until >= today)
      return [
        {
          id,
          name,
          rulesVersion: version,
          collectionUntil,
          exposureWindowDays,
          symptoms: [...symptoms],
          riskAreas: riskAreas.filter(isOn),
        },
      ]
    })

const unnamedCity = { zh: '尚未设置城市', en: 'No city set up yet' }

/** What a declaration asks today. */
export const readDeclarationForm = (context: ServerContext): DeclarationForm => {
  const city = declaringCity(context)
  const today = city?.today ?? new Date(context.now()).toISOString().slice(0, 10)
  return {
    city: city?.name ?? unnamedCity,
    demo: city?.demo ?? false,
    timeZone: city?.timeZone ?? 'UTC',
    today,
    responses: city === undefined ? [] : [...declarableResponses(context, today)],
  }
}
