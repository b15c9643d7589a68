import { z } from 'zod'
import { type ControlContract, ORG } from './control-contract.ts'
import {
  beginningSchema,
  healthSchema,
  journalQuerySchema,
  journalSchema,
  newUserSchema,
  orderListSchema,
  organisationSchema,
  tradeListSchema,
  userSchema,
} from './schemas.ts'

/** The server, its organisations, and what they have. */
export const organisationContract = {
  health: {
    method: 'GET',
    path: '/health',
    summary: 'Whether the server is up',
    answer: healthSchema,
  },
  listOrganisations: {
    method: 'GET',
    path: '/organisations',
    summary: 'The organisations that have a simulation',
    answer: z.array(organisationSchema),
  },
  strays: {
    method: 'GET',
    path: '/strays',
    summary: 'Calls that led to no organisation: without a token, or with one that nobody issued',
    query: journalQuerySchema,
    answer: journalSchema,
  },
  beginOrganisation: {
    method: 'PUT',
    path: ORG,
    summary: 'Begin an organisation anew, with settings, seed and clock of its own',
    body: beginningSchema,
    answer: organisationSchema,
  },
  showOrganisation: {
    method: 'GET',
    path: ORG,
    summary: 'What an organisation has',
    answer: organisationSchema,
  },
  removeOrganisation: {
    method: 'DELETE',
    path: ORG,
    summary: 'Forget an organisation with all it has',
  },
  reset: {
    method: 'POST',
    path: `${ORG}/reset`,
    summary:
      'Back to its beginning: no order, trade, session or user, nothing staged, an empty journal',
  },
  enrolUser: {
    method: 'POST',
    path: `${ORG}/users`,
    summary: 'Enrol somebody who can then log in, or sign',
    body: newUserSchema,
    answer: userSchema,
  },
  expireTokens: {
    method: 'POST',
    path: `${ORG}/tokens/expire`,
    summary: 'End the life of every token now',
  },
  listOrders: {
    method: 'GET',
    path: `${ORG}/orders`,
    summary: 'Every order kept, as a query would report it; none moves on by this',
    answer: orderListSchema,
  },
  proceedOrder: {
    method: 'POST',
    path: `${ORG}/orders/{orderId}/proceed`,
    params: z.object({ orderId: z.string().min(1) }),
    summary: 'Move an order on by one step, as its pace would; for orders that are held',
  },
  listTrades: {
    method: 'GET',
    path: `${ORG}/trades`,
    summary: 'Every trade kept, downloaded or not; none is consumed by this',
    answer: tradeListSchema,
  },
} as const satisfies Record<string, ControlContract>
