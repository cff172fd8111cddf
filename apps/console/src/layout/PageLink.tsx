import type { AnchorHTMLAttributes } from 'react'
import { addressOf, followInside, useGo, usePath, type ViewPart } from '#src/layout/go.ts'

type PageLinkProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'onClick'> & {
  readonly path: string
  readonly view?: ViewPart
}

/** A link to a page of the console, marked where it leads to the page on show. */
export const PageLink = ({ path, view = {}, children, ...rest }: PageLinkProps) => {
  const go = useGo()
  const here = usePath() === path
  return (
    <a
      {...rest}
      href={addressOf(path, view)}
      aria-current={here ? 'page' : undefined}
      onClick={followInside(() => go(path, view))}
    >
      {children}
    </a>
  )
}
