import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'

/**
 * An act after which everything under a key is read anew, whatever came of it. What went out or was answered may name
 * somebody, and stays no longer than it is shown.
 */
export const useActOn = <Input, Output>(queryKey: QueryKey, act: (input: Input) => Promise<Output>) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: act,
    gcTime: 0,
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  })
}
