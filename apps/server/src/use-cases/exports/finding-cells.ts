import { certificateOutcomeNames } from '@guankou/contract/certificates/shown.ts'
import { certificateFormatNames } from '@guankou/contract/certificates/trust-list.ts'
import type { ExportColumn } from '@guankou/contract/exports/columns.ts'
import type { Bilingual } from '@guankou/contract/primitives.ts'
import {
  type CorrectedFindings,
  type CorrectedPart,
  correctedPartNames,
} from '@guankou/contract/screening/finding-corrections.ts'
import type { TemperatureReading } from '@guankou/contract/screening/record-screening.ts'
import type { ThermometryMethod } from '@guankou/contract/screening/vocabulary.ts'
import type { ExportSource } from '@guankou/db/queries/exports/source-rows.ts'
import type { FindingCorrection } from '@guankou/db/queries/screening/finding-corrections.ts'
import { originName } from '@guankou/geodata/divisions/origins.ts'
import { localTime } from '#src/use-cases/exports/local-time.ts'
import type { RowMaker } from '#src/use-cases/exports/row-maker.ts'

type Maker = Pick<RowMaker, 'reference' | 'language' | 'columns'>

const methodNames: Readonly<Record<ThermometryMethod, Bilingual>> = {
  forehead: { zh: '额温', en: 'forehead' },
  ear: { zh: '耳温', en: 'ear' },
  axillary: { zh: '腋温', en: 'armpit' },
  gate: { zh: '测温门', en: 'gate' },
}

const underNames: Bilingual = { zh: '低于标准', en: 'under the threshold' }

const joined = (language: Maker['language'], parts: readonly string[]): string =>
  parts.join(language === 'zh' ? '；' : '; ')

/** A number, or that it was under the threshold, with how and when it was measured. */
const readingText = (
  { reference, language }: Maker,
  { jurisdiction }: ExportSource,
  { at, method, temperatureCelsius }: TemperatureReading,
): string => {
  const value =
    temperatureCelsius === undefined ? underNames[language] : `${temperatureCelsius.toFixed(1)} °C`
  const timeZone = reference.jurisdiction(jurisdiction)?.timeZone ?? 'UTC'
  return `${value} ${methodNames[method][language]} ${localTime(timeZone, new Date(at)).slice(11)}`
}

const symptomName = ({ reference, language }: Maker, person: ExportSource, code: string): string =>
  reference
    .response(person.responseId)
    ?.ruleSets.find(({ version }) => version === person.rulesVersion)
    ?.symptoms.find((symptom) => symptom.code === code)?.name[language] ?? code

const certificateText = (
  { language }: Maker,
  { format, outcome, country }: NonNullable<ExportSource['certificates']>[number],
): string =>
  [certificateFormatNames[format][language], country, certificateOutcomeNames[outcome][language]]
    .filter((part) => part !== undefined)
    .join(' ')

/** Temperatures, symptoms and certificates of one person, as they were recorded. */
export const findingCell = (
  maker: Maker,
  person: ExportSource,
  column: 'readings' | 'symptoms' | 'certificates',
): string => {
  const parts = {
    readings: () => person.readings.map((reading) => readingText(maker, person, reading)),
    symptoms: () => person.symptoms.map((code) => symptomName(maker, person, code)),
    certificates: () => (person.certificates ?? []).map((each) => certificateText(maker, each)),
  }
  return joined(maker.language, parts[column]())
}

/** The column in which a part of what was found stands. */
const columnOfPart: Readonly<Record<CorrectedPart, ExportColumn>> = {
  origin: 'origin',
  readings: 'readings',
  symptoms: 'symptoms',
  exposures: 'exposure',
  contactWithCase: 'exposure',
}

const partText = (maker: Maker, person: ExportSource, part: CorrectedPart, to: CorrectedFindings): string => {
  const { language } = maker
  const none: Bilingual = { zh: '无', en: 'none' }
  const listed = (parts: readonly string[]): string =>
    parts.length === 0 ? none[language] : joined(language, parts)
  switch (part) {
    case 'origin':
      return to.origin === undefined ? '' : (originName(to.origin.code, language) ?? String(to.origin.code))
    case 'readings':
      return listed((to.readings ?? []).map((reading) => readingText(maker, person, reading)))
    case 'symptoms':
      return listed((to.symptoms ?? []).map((code) => symptomName(maker, person, code)))
    case 'exposures':
      return listed((to.exposures ?? []).map(({ areaCode, leftOn }) => `${areaCode} ${leftOn}`))
    case 'contactWithCase': {
      const yes: Bilingual = { zh: '有', en: 'yes' }
      return to.contactWithCase === true ? yes[language] : none[language]
    }
  }
}

/** What was found, as it was corrected, for the columns that are in the list; oldest first. */
export const findingCorrectionsTold = (
  maker: Maker,
  person: ExportSource,
  corrections: readonly FindingCorrection[],
): readonly string[] => {
  const { reference, language, columns } = maker
  const timeZone = reference.jurisdiction(person.jurisdiction)?.timeZone ?? 'UTC'
  return corrections.flatMap(({ after, madeAt }) => {
    const day = localTime(timeZone, madeAt).slice(0, 10)
    return (Object.keys(after) as CorrectedPart[])
      .filter((part) => columns.includes(columnOfPart[part]))
      .map((part) => {
        const name = correctedPartNames[part][language]
        const text = partText(maker, person, part, after)
        return language === 'zh' ? `${name}：${text}（${day}）` : `${name}: ${text} (${day})`
      })
  })
}
