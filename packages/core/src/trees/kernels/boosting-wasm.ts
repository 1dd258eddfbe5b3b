// Made by scripts/build-kernels.mjs from packages/core/assembly/boosting.ts: 109 bytes of WebAssembly. Do not edit.

export const BOOSTING_WASM =
  'AGFzbQEAAAABBwFgAn9/AXwCEgEDZW52Bm1lbW9yeQIBAYCABAMCAQAHEgIFc3VtT2YAAAZtZW1vcnkCAAouASwCAX8BfANAIAEgAkoEQCADIAAgAkEDdGorAwCgIQMgAkEBaiECDAELCyADCw==';
