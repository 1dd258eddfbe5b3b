// Reading and writing numbers of arrays.

export function i32At(base: usize, index: i32): i32 {
  return load<i32>(base + (<usize>index << 2));
}

export function putI32(base: usize, index: i32, value: i32): void {
  store<i32>(base + (<usize>index << 2), value);
}

export function f64At(base: usize, index: i32): f64 {
  return load<f64>(base + (<usize>index << 3));
}

export function putF64(base: usize, index: i32, value: f64): void {
  store<f64>(base + (<usize>index << 3), value);
}
