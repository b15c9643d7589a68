/**
 * The one door to the network, as a value: `undici` with its own dispatcher on an endpoint, the
 * simulation's handlers in process. Nothing in the client reaches for the global `fetch`.
 */
export type Fetch = (request: Request) => Promise<Response>
