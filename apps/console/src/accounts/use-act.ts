import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useStepUp } from '#src/access/StepUp.tsx'
import { accountsKey } from '#src/accounts/queries.ts'

/** An act on accounts: asks for a factor where the server wants one, and reads the list anew afterwards. */
export const useAct = <Input, Output>(act: (input: Input) => Promise<Output>) => {
  const queryClient = useQueryClient()
  const withFactor = useStepUp()
  return useMutation({
    mutationFn: (input: Input) => withFactor(() => act(input)),
    onSettled: () => queryClient.invalidateQueries({ queryKey: accountsKey }),
  })
}
