// Entry of a training thread; bundled beside the handler as worker.mjs.
export {};
