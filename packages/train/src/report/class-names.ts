// The three answers in words, in the order of CLASSES.

/** -1, 0, 1. */
export const CLASS_NAMES: readonly string[] = ['falls first', 'neither', 'rises first'];
