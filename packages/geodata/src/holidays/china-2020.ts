/**
 * Public holidays and make-up working days of mainland China in 2020. Facts of two notices of the General Office of the
 * State Council: 国办发明电〔2019〕16号 of 21 November 2019 (the calendar of the year) and 国办发明电〔2020〕1号 of
 * 26 January 2020 (Spring Festival extended to 2 February, which also cancelled the make-up working day of 1 February).
 */
export interface Holiday {
  readonly nameZh: string
  readonly nameEn: string
  /** First and last day off, both included, `YYYY-MM-DD`. */
  readonly firstDate: string
  readonly lastDate: string
}

export const chinaHolidays2020: readonly Holiday[] = [
  { nameZh: '元旦', nameEn: "New Year's Day", firstDate: '2020-01-01', lastDate: '2020-01-01' },
  { nameZh: '春节', nameEn: 'Spring Festival', firstDate: '2020-01-24', lastDate: '2020-02-02' },
  { nameZh: '清明节', nameEn: 'Qingming Festival', firstDate: '2020-04-04', lastDate: '2020-04-06' },
  { nameZh: '劳动节', nameEn: 'Labour Day', firstDate: '2020-05-01', lastDate: '2020-05-05' },
  { nameZh: '端午节', nameEn: 'Dragon Boat Festival', firstDate: '2020-06-25', lastDate: '2020-06-27' },
  {
    nameZh: '国庆节、中秋节',
    nameEn: 'National Day and Mid-Autumn Festival',
    firstDate: '2020-10-01',
    lastDate: '2020-10-08',
  },
]

/** Saturdays and Sundays that were working days. */
export const chinaMakeUpWorkdays2020: readonly string[] = [
  '2020-01-19',
  '2020-04-26',
  '2020-05-09',
  '2020-06-28',
  '2020-09-27',
  '2020-10-10',
]
