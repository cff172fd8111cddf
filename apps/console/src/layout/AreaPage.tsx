import { EmptyState } from '@guankou/ui/feedback/Feedback.tsx'
import { useQuery } from '@tanstack/react-query'
import { Fragment, type ReactNode } from 'react'
import { placesQuery } from '#src/api/queries.ts'
import type { AreaProps } from '#src/layout/AreaChoice.tsx'
import { areasOf, chosenArea } from '#src/layout/areas.ts'
import { Query } from '#src/layout/Query.tsx'
import { useSession } from '#src/layout/use-session.ts'

type Props = {
  /** Names the page to its styles. */
  readonly className: string
  /** The area of the address. */
  readonly asked: number | undefined
  /** What stands there for somebody who may see no area. */
  readonly none: string
  readonly children: (areas: AreaProps) => ReactNode
}

/** A page about one area; another area begins it anew. */
export const AreaPage = ({ className, asked, none, children }: Props) => {
  const session = useSession()
  const places = useQuery(placesQuery)
  return (
    <main className={`page ${className}`} id="content">
      <Query query={places}>
        {({ jurisdictions }) => {
          const areas = areasOf(jurisdictions, session.areaCode)
          const area = chosenArea(areas, asked, session.areaCode)
          if (area === undefined) return <EmptyState title={none} />
          return <Fragment key={area.code}>{children({ area, areas })}</Fragment>
        }}
      </Query>
    </main>
  )
}
