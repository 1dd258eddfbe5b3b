// How large a model file of another library may be: checked before room is made for what it announces.

/** A JavaScript string ends near 512 MB. 1,000 trees of 255 leaves have about 30 MB. */
export const MAX_MODEL_CHARACTERS = 300_000_000;
/** 10,000 rounds of 10 classes. */
export const MAX_MODEL_TREES = 100_000;
/** As in our own documents; needs about 1.5 GB of memory. */
export const MAX_MODEL_NODES = 20_000_000;
/** As in our own documents: beyond it no sum of leaf values could be trusted to stay finite. */
export const LARGEST_LEAF = 1e100;
/** As for our own classifiers. */
export const MAX_MODEL_CLASSES = 256;
/** Far above any feature set (flow has 20). */
export const MAX_MODEL_FEATURES = 10_000;

/** Gains of splits beyond this could not be summed up; those of single precision stay far below. */
export const LARGEST_GAIN = 1e300;
