import { z } from 'zod'

/** Value schemas that several settings share. Their descriptions end up in error sentences. */
export const flag = z.boolean()
export const milliseconds = z.int().nonnegative()
export const count = z.int().nonnegative()
export const countFromOne = z.int().positive()
export const refusalStatus = z.int().min(400).max(499)
/** A limit that may be lifted: a number, or the word that lifts it. */
export const orWord = <const W extends string>(number: z.ZodNumber, word: W) =>
  z.union([number, z.literal(word)])
/** At once with an error object, or later with status REJECTED. */
export const http400OrReject = z.enum(['http400', 'rejectOnQuery'])
export const ignoreOrHttp400 = z.enum(['ignore', 'http400'])
