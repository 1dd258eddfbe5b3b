// Sorts distinct whole numbers by marking them in a bit map and reading the map: no comparisons, hence no branches that a
// processor guesses wrong. A second, coarser map says which words of the first to read. Few numbers are sorted by insertion.

/** Under so many numbers insertion sort is faster. */
const FEW = 16;

/** Bit maps, all zero between calls. */
export interface SortSpace {
  /** One bit per number. */
  readonly marks: Int32Array;
  /** One bit per word of `marks`. */
  readonly words: Int32Array;
}

/** Space for numbers from 0 to `limit` - 1. */
export function createSortSpace(limit: number): SortSpace {
  const words = (limit + 31) >> 5;
  return { marks: new Int32Array(words), words: new Int32Array((words + 31) >> 5) };
}

/** Sorts the first `count` of `numbers`, which differ from each other. */
export function sortDistinct(numbers: Int32Array, count: number, space: SortSpace): void {
  if (count < FEW) insertionSort(numbers, count);
  else bitSort(numbers, count, space);
}

function insertionSort(numbers: Int32Array, count: number): void {
  for (let i = 1; i < count; i += 1) {
    const number = numbers[i];
    let j = i;
    for (; j > 0 && numbers[j - 1] > number; j -= 1) numbers[j] = numbers[j - 1];
    numbers[j] = number;
  }
}

function bitSort(numbers: Int32Array, count: number, { marks, words }: SortSpace): void {
  for (let i = 0; i < count; i += 1) {
    const number = numbers[i];
    marks[number >> 5] |= 1 << number; // shifts count modulo 32
    words[number >> 10] |= 1 << (number >> 5);
  }
  let sorted = 0;
  for (let i = 0; sorted < count; i += 1) {
    for (let someWords = words[i]; someWords !== 0; someWords &= someWords - 1) {
      const word = 32 * i + lowestBit(someWords);
      for (let rest = marks[word]; rest !== 0; rest &= rest - 1) {
        numbers[sorted] = 32 * word + lowestBit(rest);
        sorted += 1;
      }
      marks[word] = 0;
    }
    words[i] = 0;
  }
}

function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word);
}
