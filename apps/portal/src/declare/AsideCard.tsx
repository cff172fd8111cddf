import { formatInstant } from '@guankou/ui/format/time.ts'
import { type FormDraft, vehicleOf } from '#src/declare/form-draft.ts'
import type { DeclareTexts } from '#src/declare/texts.ts'
import { fill } from '#src/texts/text.ts'

/** The other declarations on this phone, each to be opened. */
export const AsideCard = ({
  aside,
  texts,
  timeZone,
  onOpen,
}: {
  readonly aside: readonly FormDraft[]
  readonly texts: DeclareTexts
  readonly timeZone: string
  readonly onOpen: (id: string) => void
}) => (
  <section className="aside on-screen" aria-labelledby="aside-title">
    <h2 id="aside-title">{texts.aside}</h2>
    <ul className="stays">
      {aside.map((draft) => {
        const about = fill(texts.slipPeople, { plate: vehicleOf(draft), people: draft.people.length })
        return (
          <li key={draft.id}>
            <span>
              {about}
              <br />
              <small>
                {draft.signed === null
                  ? texts.notSigned
                  : fill(texts.until, { until: formatInstant(draft.signed.expiresAt, timeZone) })}
              </small>
            </span>
            <button type="button" aria-label={`${texts.open} ${about}`} onClick={() => onOpen(draft.id)}>
              {texts.open}
            </button>
          </li>
        )
      })}
    </ul>
  </section>
)
