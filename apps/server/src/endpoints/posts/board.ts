import { readPostsBoard } from '@guankou/contract/posts/endpoints.ts'
import { implement } from '#src/endpoint.ts'
import { readBoard } from '#src/use-cases/posts/read-board.ts'

export const postsBoard = implement(readPostsBoard, ({ context, actor, query }) =>
  readBoard(context, actor, query),
)
