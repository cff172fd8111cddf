import type { Bilingual } from '@guankou/contract/primitives.ts'
import { originName } from '@guankou/geodata/divisions/origins.ts'
import type { ShareComparison } from '#src/replay/compare-shares.ts'

const percent = (share: number, digits = 2): string => `${(share * 100).toFixed(digits)} %`

const nameOf = (code: number, language: 'zh' | 'en'): string => originName(code, language) ?? String(code)

const pText = (p: number): string => (p < 0.0001 ? '< 0.0001' : p.toFixed(4))

/**
 * A comparison in words, line by line, for a terminal or a log: verdict, test, largest deviation, intervals, and the
 * largest origins. The comparison itself is the report in JSON.
 * @param listed  how many origins to list
 */
export const describeComparison = (comparison: ShareComparison, listed = 10): readonly Bilingual[] => {
  const c = comparison
  const verdict = c.isConsistent
    ? {
        zh: '来源占比与文件一致(在抽样误差内)',
        en: 'Origin shares equal those of the file within sampling error',
      }
    : { zh: '来源占比与文件不一致', en: 'Origin shares do not equal those of the file' }
  const test = `X² = ${c.chiSquare.toFixed(1)}, df = ${c.degreesOfFreedom}, p = ${pText(c.pValue)}`
  const design = `${c.designEffect.toFixed(2)}`
  const lines: Bilingual[] = [
    verdict,
    {
      zh: `卡方检验 ${test};${c.travellers} 人,设计效应 ${design},合并小来源 ${c.pooledOrigins} 个`,
      en: `Chi-square test ${test}; ${c.travellers} travellers, design effect ${design}, ${c.pooledOrigins} small origins pooled`,
    },
    {
      zh: `最大偏差 ${percent(c.largestDeviation, 3)}(${nameOf(c.largestDeviationOrigin, 'zh')})`,
      en: `Largest deviation ${percent(c.largestDeviation, 3)} (${nameOf(c.largestDeviationOrigin, 'en')})`,
    },
    {
      zh: `${c.originsInside} / ${c.origins.length} 个来源地的占比落在 99 % 区间内`,
      en: `${c.originsInside} of ${c.origins.length} origins have their share inside the 99 % interval`,
    },
  ]
  if (c.unexpectedOrigins.length > 0)
    lines.push({
      zh: `文件中没有的来源地:${c.unexpectedOrigins.map((code) => nameOf(code, 'zh')).join('、')}`,
      en: `Origins that the file does not have: ${c.unexpectedOrigins.map((code) => nameOf(code, 'en')).join(', ')}`,
    })
  const rows = c.origins.slice(0, listed).map((one) => {
    const figures = `${percent(one.expectedShare)} → ${percent(one.observedShare)} [${percent(one.lowShare)}, ${percent(one.highShare)}]`
    return {
      zh: `${nameOf(one.originCode, 'zh')} ${figures}${one.isInside ? '' : ' ✗'}`,
      en: `${nameOf(one.originCode, 'en')} ${figures}${one.isInside ? '' : ' ✗'}`,
    }
  })
  return [...lines, ...rows]
}
