import { type DeclarationForm, declarationForm } from '@guankou/contract/declarations/endpoints.ts'
import { client } from '#src/me/me-client.ts'

const key = 'guankou-declaration-form'

const kept = (): DeclarationForm | undefined => {
  try {
    return (JSON.parse(localStorage.getItem(key) ?? 'null') as DeclarationForm | null) ?? undefined
  } catch {
    return undefined
  }
}

/** The form as the server has it today; without a network the one read last, so that filling in can go on. */
export const readForm = async (): Promise<DeclarationForm | undefined> => {
  const answer = await client.call(declarationForm, {})
  if (answer.is !== 'ok') return kept()
  try {
    localStorage.setItem(key, JSON.stringify(answer.value))
  } catch {
    // Storage may be full or forbidden; the form is there for now.
  }
  return answer.value
}
