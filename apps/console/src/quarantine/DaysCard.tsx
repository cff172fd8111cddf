import type { QuarantineFile, RibbonDay } from '@guankou/contract/quarantine/views.ts'
import { contactStatusNames, ribbonMarkNames } from '@guankou/contract/quarantine/vocabulary.ts'
import { Card } from '@guankou/ui/controls/Card.tsx'
import { formatClockMinute } from '@guankou/ui/format/time.ts'
import { inLocale } from '@guankou/ui/i18n/locale.ts'
import type { Column } from '@guankou/ui/tables/columns.ts'
import { DataTable } from '@guankou/ui/tables/DataTable.tsx'
import { useTranslation } from 'react-i18next'
import { useLocale } from '#src/layout/use-preferences.ts'
import { markSigns, Ribbon, RibbonLegend } from '#src/quarantine/Ribbon.tsx'

const useColumns = ({ line, signs }: QuarantineFile): readonly Column<RibbonDay>[] => {
  const { t } = useTranslation()
  const locale = useLocale()
  const signName = (code: string): string => {
    const sign = signs.find((each) => each.code === code)
    return sign === undefined ? code : inLocale(sign.name, locale)
  }
  return [
    { key: 'day', title: t('quarantine.date'), text: ({ day }) => day },
    { key: 'number', title: t('quarantine.day'), numeric: true, text: ({ number }) => String(number) },
    {
      key: 'mark',
      title: t('quarantine.mark'),
      text: ({ mark }) => `${markSigns[mark]} ${inLocale(ribbonMarkNames[mark], locale)}`,
    },
    {
      key: 'contacts',
      title: t('quarantine.contacts'),
      text: ({ contacts }) =>
        contacts
          .map(
            ({ from, status }) =>
              `${formatClockMinute(from, line.timeZone)} ${inLocale(contactStatusNames[status], locale)}`,
          )
          .join(' · '),
    },
    {
      key: 'celsius',
      title: t('quarantine.highest'),
      numeric: true,
      text: ({ highestCelsius }) => (highestCelsius === null ? '' : `${highestCelsius.toFixed(1)} °C`),
    },
    {
      key: 'signs',
      title: t('quarantine.signs'),
      text: (day) => day.signs.map(signName).join(locale === 'zh' ? '、' : ', '),
    },
  ]
}

/** The ribbon of an episode, and the same as a table. */
export const DaysCard = ({ file }: { readonly file: QuarantineFile }) => {
  const { t } = useTranslation()
  const columns = useColumns(file)
  return (
    <Card title={t('quarantine.ribbon')} className="days-card">
      <Ribbon days={file.days} />
      <RibbonLegend />
      <DataTable
        label={t('quarantine.ribbon')}
        columns={columns}
        rows={file.days}
        rowKey={({ day }) => day}
      />
    </Card>
  )
}
