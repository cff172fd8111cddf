import { formatClockSecond } from '@guankou/ui/format/time.ts'
import { useNow } from '#src/layout/use-now.ts'

/** The time of day in the area, for those who look at the page from afar. */
export const Clock = ({ timeZone }: { readonly timeZone: string }) => {
  const nowMs = useNow(1_000)
  return (
    <time className="muted clock" title={timeZone} dateTime={new Date(nowMs).toISOString()}>
      {formatClockSecond(nowMs, timeZone)}
    </time>
  )
}
