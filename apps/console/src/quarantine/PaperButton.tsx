import type { PrintedPaper } from '@guankou/contract/quarantine/endpoints.ts'
import type { QuarantineLine } from '@guankou/contract/quarantine/views.ts'
import { isOpenEpisode } from '@guankou/domain/quarantine/episode.ts'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '#src/layout/use-failure-text.ts'
import { usePaper } from '#src/quarantine/queries.ts'

/** Which paper there is: the notice while the order stands, the certificate for whoever was let go. */
const paperOf = (line: QuarantineLine): PrintedPaper | undefined => {
  if (isOpenEpisode(line)) return 'notice'
  return line.endReason === 'completed' || line.endReason === 'early' ? 'certificate' : undefined
}

/** Makes the paper of an episode as a PDF. */
export const PaperButton = ({ line }: { readonly line: QuarantineLine }) => {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const making = usePaper()
  const paper = paperOf(line)
  if (paper === undefined) return null
  const { jurisdiction, id } = line
  return (
    <>
      <button
        type="button"
        className="quiet-button not-printed"
        disabled={making.isPending}
        onClick={() => making.mutate({ jurisdiction, id, paper })}
      >
        {making.isPending ? t('quarantine.making') : t(`quarantine.papers.${paper}`)}
      </button>
      {making.isError ? (
        <span className="field-error" role="alert">
          {failureText(making.error).text}
        </span>
      ) : null}
    </>
  )
}
