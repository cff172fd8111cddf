import { issueEnrolmentCode as declaration } from '@guankou/contract/access/enrolment.ts'
import { implement } from '#src/endpoint.ts'
import { issueEnrolmentCode } from '#src/use-cases/devices/enrol-device.ts'

export const accessIssueEnrolmentCode = implement(declaration, ({ context, actor, body }) =>
  issueEnrolmentCode(context, actor, body),
)
