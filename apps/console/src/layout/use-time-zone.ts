import { useQuery } from '@tanstack/react-query'
import { placesQuery } from '#src/api/queries.ts'
import { useSession } from '#src/layout/use-session.ts'

/** Time zone of the city; the browser's own where the session may not read the city yet. */
export const useTimeZone = (): string => {
  const { lacks } = useSession()
  const places = useQuery({ ...placesQuery, enabled: lacks === undefined }).data
  return places?.jurisdictions[0]?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
}
