// Names of fields and variables whose values no log may hold.

const SECRET = /token|secret|passw|passphrase|passcode|pwd|authori[sz]ation|credential|cookie|session_?id|signature|webhook|(api|access|private|signing|encryption)[-_ .]?key|(^|[-_ .])(auth|dsn|sig|pat)$|^x-goog-/i;

/** True for names such as `apiKey`, `Authorization`, `SLACK_WEBHOOK_URL` or `db_password`. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name);
}
