/** Makes runs repeatable that name no seed. */
export const DEFAULT_SEED = 'integral'
