/** Modules as they are; they need `NODE_OPTIONS=--experimental-vm-modules`. */
export default { transform: {} }
