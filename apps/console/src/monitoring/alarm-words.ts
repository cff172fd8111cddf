import type { AlarmLine, AlarmNumbers } from '@guankou/contract/monitoring/endpoints.ts'
import { alarmStateNames, signalNames } from '@guankou/contract/monitoring/vocabulary.ts'
import type { Post } from '@guankou/contract/places/place.ts'
import type { FigureState } from '@guankou/ui/figures/StateMark.tsx'
import { formatNumber } from '@guankou/ui/format/quantity.ts'
import { inLocale, type Locale } from '@guankou/ui/i18n/locale.ts'

/** How urgent a state looks. */
export const figureOfState: Readonly<Record<AlarmLine['state'], FigureState>> = {
  raised: 'act',
  acknowledged: 'look',
  investigating: 'info',
  closed: 'well',
}

export const hourText = ({ day, hour }: Pick<AlarmNumbers, 'day' | 'hour'>): string =>
  `${day} ${String(hour).padStart(2, '0')}:00`

export type AlarmWords = {
  readonly post: string
  readonly signal: string
  readonly state: string
  readonly expected: string
  readonly interval: string
  readonly score: string
}

/** An alarm in the words of a list. */
export const alarmWords = (
  line: AlarmLine,
  { locale, posts }: { readonly locale: Locale; readonly posts: ReadonlyMap<number, Post> },
): AlarmWords => {
  const post = posts.get(line.postId)
  const { expected, low90, high90, score } = line.latest
  return {
    post: post === undefined ? String(line.postId) : inLocale(post.name, locale),
    signal: inLocale(signalNames[line.signal], locale),
    state: inLocale(alarmStateNames[line.state], locale),
    expected: formatNumber(locale, expected, line.signal === 'fever' ? 3 : 1),
    interval: `[${formatNumber(locale, low90)}, ${formatNumber(locale, high90)}]`,
    score: formatNumber(locale, score, 1),
  }
}
