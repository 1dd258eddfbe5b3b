// Names of fields and variables whose values no log may hold.

const SECRET = /token|secret|passw|passphrase|passcode|[-_]pwd|authori[sz]ation|credential|cookie|session_?id|signature|webhook|(api|access|private|signing|encryption)[-_ .]?key|(^|[-_ .])(auth|dsn|sig|pat|pass|pin|bearer|hook)$|slack[-_ .]?url|^x-goog-/i;

/** True for names such as `apiKey`, `Authorization`, `SLACK_WEBHOOK_URL` or `db_password`. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name);
}
