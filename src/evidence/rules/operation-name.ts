import type { Operation } from '../../api/contract/endpoints.ts'

/** How rules name an operation: `placeOrder` is `place-order`. */
export function operationName(operation: Operation): string {
  return operation.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)
}
