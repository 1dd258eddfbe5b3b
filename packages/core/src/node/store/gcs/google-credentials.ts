// Who this program is to Google Cloud: Application Default Credentials, in Google's order. The key file or federation that
// GOOGLE_APPLICATION_CREDENTIALS names, the login of gcloud, the service account of the machine (Cloud Run's metadata server).
// Source: https://cloud.google.com/docs/authentication/application-default-credentials
import { ForecastLabError } from '../../../errors.js';
import { HttpFailure } from '../../http/http-client.js';
import { classifyHttpFailure } from '../../http/classify-http-failure.js';

/** Headers that authorize one request. Throws HttpFailure for what may pass, ForecastLabError for what does not. */
export type Authorize = () => Promise<Readonly<Record<string, string>>>;

const SCOPE = 'https://www.googleapis.com/auth/devstorage.read_write';

/** The library is loaded with the first request; it keeps tokens, and renews them before they expire. */
export function googleCredentials(): Authorize {
  let auth: Promise<{ getRequestHeaders(): Promise<Headers> }> | undefined;
  const load = async (): Promise<{ getRequestHeaders(): Promise<Headers> }> => {
    const { GoogleAuth } = await import('google-auth-library');
    // A key signs for itself what else would be asked of the token service: one journey less. Source: https://google.aip.dev/auth/4111
    return Object.assign(new GoogleAuth({ scopes: SCOPE }), { useJWTAccessWithScope: true });
  };
  return async () => {
    try {
      return Object.fromEntries(await (await (auth ??= load())).getRequestHeaders());
    } catch (error) {
      throw explain(error);
    }
  };
}

function explain(error: unknown): Error {
  const failure = classifyHttpFailure('the token service of Google Cloud', error);
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 0;
  if (failure.kind !== 'other' || status === 429 || status >= 500) return failure instanceof HttpFailure ? failure : new HttpFailure('other', 'the token service of Google Cloud', { cause: error });
  const message = error instanceof Error ? error.message : String(error);
  return new ForecastLabError('FAILED', `There are no usable credentials for Google Cloud: ${message.replace(/\.?\s*$/, '')}.`, {
    hint: 'Log in with `gcloud auth application-default login`, or name a key file in GOOGLE_APPLICATION_CREDENTIALS; in Cloud Run give the job a service account.',
    cause: error,
  });
}
