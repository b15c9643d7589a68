import { describe, it } from 'node:test'
import { assert } from 'chai'
import { isErrorObject } from '../../src/api/client/error-object.ts'
import { canonicalStatus } from '../../src/api/contract/canonical-status.ts'
import { ORDER_STATUSES } from '../../src/api/contract/statuses.ts'

describe('a status whose spelling is left open', () => {
  it('is read as the documented one that is meant', () => {
    assert.equal(canonicalStatus({ status: 'CANCELLED' }), 'CANCELED')
    const partly = { status: 'PARTIAL', cumQty: 1, size: 2 }
    assert.equal(canonicalStatus(partly), 'NEW')
    assert.equal(canonicalStatus({ ...partly, leavesQty: 1 }), 'NEW')
    assert.equal(canonicalStatus({ ...partly, leavesQty: 0 }), 'EXPIRED')
  })

  it('is not explained away where nothing was dealt, or all of it', () => {
    for (const cumQty of [0, 2, undefined]) {
      assert.equal(canonicalStatus({ status: 'PARTIAL', cumQty, size: 2 }), 'PARTIAL')
    }
  })

  it('is left alone where it is documented', () => {
    for (const status of ORDER_STATUSES) {
      assert.equal(canonicalStatus({ status, cumQty: 1, size: 2 }), status)
    }
  })
})

describe('an error object', () => {
  it('is an object of any fields that is no order', () => {
    for (const body of ['{}', '{"status":400,"error":"Bad"}', '{"orderId":null,"code":1}']) {
      assert.isTrue(isErrorObject(body), body)
    }
  })

  it('is no order, no list and no page', () => {
    for (const body of ['{"orderId":"7"}', '[]', '"no"', 'null', '', '<html>']) {
      assert.isFalse(isErrorObject(body), body)
    }
  })
})
