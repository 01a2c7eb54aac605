export const knownFailures = [];
