/** Names where the first choice of the input is too formal for a picker, or differs from the usage of Chinese official media. */
export const countryNameOverrides: ReadonlyMap<string, { readonly zh?: string; readonly en?: string }> =
  new Map([
    ['CF', { zh: '中非共和国' }],
    ['CD', { en: 'Congo (Kinshasa)' }],
    ['CG', { en: 'Congo (Brazzaville)' }],
    ['CZ', { en: 'Czechia' }],
    ['CV', { en: 'Cabo Verde' }],
    ['CI', { en: "Côte d'Ivoire" }],
    ['AX', { zh: '奥兰群岛' }],
    ['BA', { zh: '波黑' }],
    ['BN', { en: 'Brunei' }],
    ['EH', { zh: '西撒哈拉' }],
    ['FK', { zh: '福克兰群岛（马尔维纳斯）' }],
    ['FM', { zh: '密克罗尼西亚', en: 'Micronesia' }],
    ['GG', { zh: '根西岛' }],
    ['GM', { en: 'Gambia' }],
    ['ID', { zh: '印度尼西亚' }],
    ['IR', { en: 'Iran' }],
    ['JE', { zh: '泽西岛' }],
    ['LA', { en: 'Laos' }],
    ['MD', { en: 'Moldova' }],
    ['MK', { en: 'North Macedonia' }],
    ['PN', { en: 'Pitcairn Islands' }],
    ['PS', { en: 'Palestine' }],
    ['RE', { en: 'Réunion' }],
    ['RU', { en: 'Russia' }],
    ['ST', { en: 'São Tomé and Príncipe' }],
    ['SY', { en: 'Syria' }],
    ['TZ', { en: 'Tanzania' }],
    ['US', { en: 'United States' }],
    ['VA', { en: 'Vatican City' }],
    ['VG', { en: 'British Virgin Islands' }],
    ['VI', { en: 'U.S. Virgin Islands' }],
    ['TR', { en: 'Türkiye' }],
  ])

/** Not origins of their own: China and its regions are in the division table; Kosovo has no ISO 3166-1 code. */
export const notCountryOrigins: ReadonlySet<string> = new Set(['CN', 'HK', 'MO', 'TW', 'XK'])

/** Former, colloquial or abbreviated names people type, beside the name itself. */
export const countryAliases: ReadonlyMap<string, readonly string[]> = new Map([
  ['AE', ['UAE', '阿拉伯联合酋长国', '迪拜', 'Dubai']],
  ['CD', ['DRC', '刚果民主共和国']],
  ['CG', ['刚果共和国']],
  ['CI', ['Ivory Coast', '象牙海岸']],
  ['CV', ['Cape Verde']],
  ['CZ', ['Czech Republic']],
  ['GB', ['UK', 'Britain', 'England', '大不列颠']],
  ['KP', ['DPRK']],
  ['KR', ['Korea', 'ROK', '南韩']],
  ['MM', ['Burma']],
  ['NL', ['Holland']],
  ['SZ', ['Swaziland']],
  ['TL', ['East Timor']],
  ['TR', ['Turkey']],
  ['US', ['USA', 'America']],
  ['ZA', ['RSA']],
])

/** The same for divisions, by code. */
export const divisionAliases: ReadonlyMap<number, readonly string[]> = new Map([
  [420600, ['襄樊', 'Xiangfan']],
  [440100, ['Canton']],
  [530800, ['思茅', 'Simao']],
  [540200, ['Shigatse']],
  [540300, ['Chamdo']],
  [540500, ['Lhoka']],
  [542500, ['Ali']],
  [650500, ['Kumul']],
  [653100, ['Kashi', 'Kaxgar']],
  [653200, ['Khotan']],
  [654000, ['Yili', '伊宁']],
  [632500, ['Hainanzhou']],
  [820000, ['Macau']],
])
