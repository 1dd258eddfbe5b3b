// What an answer of the JSON API means: the errors that it stands for, each with the way out.
// Source: https://cloud.google.com/storage/docs/json_api/v1/status-codes
import { ForecastLabError } from '../../../errors.js';

/** One whole answer. */
export interface GcsAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** True for an answer that may be another one soon. */
export function isPassingAnswer(answer: GcsAnswer): boolean {
  return answer.status === 429 || answer.status === 408 || answer.status >= 500 || (answer.status === 403 && /rateLimitExceeded|quotaExceeded/i.test(reasonOf(answer)));
}

/** True when it is not the object that is missing, but the bucket. */
export function isMissingBucket(answer: GcsAnswer): boolean {
  return answer.status === 404 && /bucket does not exist/i.test(messageOf(answer));
}

/** The JSON document of an answer. Throws FAILED when it is none: something else than the object store has answered. */
export function documentOf(answer: GcsAnswer, place: string): Record<string, unknown> {
  try {
    const document: unknown = JSON.parse(new TextDecoder().decode(answer.body));
    if (typeof document === 'object' && document !== null) return document as Record<string, unknown>;
  } catch {
    // told below
  }
  throw new ForecastLabError('FAILED', `${place}: the answer is not one of Google Cloud Storage.`, { hint: 'A proxy between may have answered; see STORAGE_EMULATOR_HOST and HTTPS_PROXY.', details: { status: answer.status } });
}

/** The error of an answer that is a refusal and will stay one. */
export function refusalOf(answer: GcsAnswer, place: string, bucket: string): ForecastLabError {
  const { status } = answer;
  const details = { place, status, reason: reasonOf(answer) };
  const said = messageOf(answer) === '' ? '' : ` It says: ${messageOf(answer)}`;
  if (status === 401) return new ForecastLabError('FAILED', `Google Cloud does not accept the credentials for ${place}.${said}`, { hint: 'Log in again: gcloud auth application-default login; or see that the service account still exists.', details });
  if (status === 403) {
    return new ForecastLabError('FAILED', `This account has no right to ${place}.${said}`, { hint: `Give it the role Storage Object User: gcloud storage buckets add-iam-policy-binding gs://${bucket} --role roles/storage.objectUser --member ACCOUNT`, details });
  }
  if (status === 404) return new ForecastLabError('BAD_OPTION', `There is no bucket named ${bucket}.`, { hint: `Make it with: gcloud storage buckets create gs://${bucket}; or correct --store.`, details });
  return new ForecastLabError('FAILED', `${place}: Google Cloud Storage answers with status ${status}.${said}`, { details });
}

/** What Google says, on one line and not too long; some answers are JSON, some plain text. */
function messageOf(answer: GcsAnswer): string {
  const text = new TextDecoder().decode(answer.body.subarray(0, 4096));
  const said = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? (text.startsWith('<') || text.startsWith('{') ? '' : text);
  return said.replace(/\s+/g, ' ').trim().slice(0, 300);
}

function reasonOf(answer: GcsAnswer): string {
  return /"reason"\s*:\s*"(\w+)"/.exec(new TextDecoder().decode(answer.body.subarray(0, 4096)))?.[1] ?? '';
}
