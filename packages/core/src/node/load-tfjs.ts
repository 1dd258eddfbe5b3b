// Loads the optional TensorFlow.js packages that are installed beside @forecastlab/core, with the fastest backend that works.
import { ForecastLabError } from '../errors.js';
import type { TensorFlow } from '../models/neural/tensorflow.js';

/** Backends in the order of speed: native (tfjs-node), WebAssembly, plain JavaScript. */
export const TFJS_BACKENDS = ['tensorflow', 'wasm', 'cpu'] as const;
export type TfjsBackend = (typeof TFJS_BACKENDS)[number];

/** The options of loadTfjs. */
export interface LoadTfjsOptions {
  /** Backends that may be taken, the first that works. Default: all, the fastest first. */
  readonly backends?: readonly TfjsBackend[];
  /** How a package is imported; a test or a bundler may pass its own. Default: `import(name)`. */
  readonly importPackage?: (name: string) => Promise<unknown>;
}

/** What is used to make a backend ready. */
interface LoadedTfjs extends TensorFlow {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  enableProdMode(): void;
}

/**
 * TensorFlow.js, ready to fit with: tfjs-node where it is installed and works (it breaks on Node 23 and later), else tfjs-core and
 * tfjs-layers (which registers the gradients) with the WebAssembly backend, else with that in plain JavaScript.
 * TensorFlow.js has one backend in force per thread: the last one loaded. Throws BAD_OPTION with the way out when no backend works.
 */
export async function loadTfjs(options: LoadTfjsOptions = {}): Promise<TensorFlow> {
  const { backends = TFJS_BACKENDS, importPackage = (name) => import(name) as Promise<unknown> } = options;
  const failures: string[] = [];
  for (const backend of backends) {
    try {
      return await loadBackend(backend, importPackage);
    } catch (error) {
      failures.push(`${backend}: ${error instanceof Error ? (error.message.split('\n')[0] as string) : String(error)}`);
    }
  }
  throw new ForecastLabError('BAD_OPTION', 'The optional TensorFlow.js packages cannot be loaded.', {
    hint: 'Run `npm install @tensorflow/tfjs-core @tensorflow/tfjs-layers @tensorflow/tfjs-backend-wasm`, or use the model kind gbdt, which needs no package.',
    details: { failures },
  });
}

async function loadBackend(backend: TfjsBackend, importPackage: (name: string) => Promise<unknown>): Promise<TensorFlow> {
  if (backend === 'tensorflow') {
    const tf = exportsOf(await importPackage('@tensorflow/tfjs-node'));
    return makeReady(tf, backend);
  }
  const tf = exportsOf(await importPackage('@tensorflow/tfjs-core'));
  await importPackage('@tensorflow/tfjs-layers');
  // in Node the WebAssembly backend reads its module from its own folder: no path need be set
  await importPackage(`@tensorflow/tfjs-backend-${backend}`);
  // without its self-checks, which cost a third of the time, and without its advertisement on the console
  tf.enableProdMode();
  return makeReady(tf, backend);
}

/** A backend counts only when it computes: an installed native library may be that of another Node. */
async function makeReady(tf: LoadedTfjs, backend: TfjsBackend): Promise<TensorFlow> {
  if (!(await tf.setBackend(backend))) throw new Error(`the backend ${backend} cannot be started`);
  await tf.ready();
  let sum = 0;
  tf.tidy(() => {
    const slope = tf.valueAndGrads((x) => tf.sum(tf.mul(x, x)))([tf.tensor(Float32Array.of(1, 2), [2])]).grads[0];
    sum = tf.sum(slope).dataSync()[0];
  });
  if (sum !== 6) throw new Error(`the backend ${backend} computes 2 + 4 as ${sum}`);
  return tf;
}

/** A CommonJS package shows its exports under `default` in some loaders. */
function exportsOf(loaded: unknown): LoadedTfjs {
  const found = [loaded, (loaded as { default?: unknown }).default].find((value) => typeof value === 'object' && value !== null && 'valueAndGrads' in value && 'setBackend' in value);
  if (found === undefined) throw new Error('the package is not TensorFlow.js of version 4');
  return found as LoadedTfjs;
}
