import type { RiskArea } from '@guankou/contract/responses/response.ts'
import { areaName } from '@guankou/geodata/divisions/area-name.ts'
import type { Locale } from '@guankou/ui/i18n/locale.ts'

/** Streets and towns have no names on the phone but those that the risk areas bring. */
const lastOfSixDigits = 999_999

/** What an area is called: as its risk area names it where it is finer than divisions, else by its own or the name around it. */
export const areaText = (code: number, riskAreas: readonly RiskArea[], locale: Locale): string => {
  const named =
    code > lastOfSixDigits ? riskAreas.find(({ areaCode, name }) => areaCode === code && name) : undefined
  return named?.name?.[locale] ?? areaName(code, locale)
}

const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Risk areas below divisions whose name or code holds what was typed. */
export const namedAreas = (
  query: string,
  riskAreas: readonly RiskArea[],
  most: number,
): readonly number[] => {
  const wanted = folded(query)
  if (wanted === '') return []
  const codes = riskAreas
    .filter(
      ({ areaCode, name }) =>
        areaCode > lastOfSixDigits &&
        [String(areaCode), name?.zh ?? '', name?.en ?? ''].some((text) => folded(text).includes(wanted)),
    )
    .map(({ areaCode }) => areaCode)
  return [...new Set(codes)].slice(0, most)
}
