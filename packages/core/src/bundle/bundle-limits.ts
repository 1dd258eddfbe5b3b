// How large the parts of a bundle may be. Checked before anything is parsed: a bundle is hostile input.

/** A meta.json with 64 candidates and 1000 features has about 5 MB. */
export const MAX_META_BYTES = 16_000_000;
/** A forest of 500 exact trees on 20,000 rows has about 200 MB; a JavaScript string ends near 512 MB. */
export const MAX_MODEL_BYTES = 300_000_000;
/** 3 million out-of-sample rows. */
export const MAX_WALK_FORWARD_BYTES = 200_000_000;
/** All files together: what a small container still holds in memory. */
export const MAX_BUNDLE_BYTES = 1_000_000_000;
/** Questions in one bundle; production has two. */
export const MAX_CANDIDATES = 64;
/** Markets in one bundle; an exchange lists some hundreds in one currency. */
export const MAX_SYMBOLS = 500;
/** Our own documents nest 6 deep. */
export const MAX_JSON_DEPTH = 32;
/** Ours have 19, and one for each market of several. */
export const MAX_PARITY_ROWS = 1000;
