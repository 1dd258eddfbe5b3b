// Takes what looks like a secret out of a text: credentials in addresses, webhook addresses, tokens of known forms, `password=…`.
// Each pattern runs in time linear in the text: nothing that repeats stands inside of something that repeats.

/** Stands where a secret stood. */
export const REDACTED = '[redacted]';

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----(?:(?!-----END)[^])*(?:-----END [A-Z ]{0,40}-----)?/g, REDACTED],
  // https://user:password@host
  [/([a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/?#"'<>]{1,500}@/gi, `$1${REDACTED}@`],
  // addresses that are secrets themselves: who knows them may post
  [/(hooks\.slack(?:-gov)?\.com\/)[^\s"'<>)\]}]+/gi, `$1${REDACTED}`],
  [/(discord(?:app)?\.com\/api\/webhooks\/)[^\s"'<>)\]}]+/gi, `$1${REDACTED}`],
  [/(\.webhook\.office\.com\/|\.logic\.azure\.com[^\s/"']{0,8}\/)[^\s"'<>)\]}]+/gi, `$1${REDACTED}`],
  [/(api\.telegram\.org\/(?:file\/)?bot)[^\s/"'<>)\]}]+/gi, `$1${REDACTED}`],
  [/(chat\.googleapis\.com\/v1\/spaces\/)[^\s"'<>)\]}]+/gi, `$1${REDACTED}`],
  [/(hc-ping\.com\/)[^\s"'<>)\]}]+/gi, `$1${REDACTED}`],
  // ?token=… and the signatures of signed addresses
  [/([?&;][^\s=&"'<>?#;]{0,60}(?:token|secret|passw\w{0,5}|key|sig|signature|auth|credential|code|session)=)[^\s&"'<>#]+/gi, `$1${REDACTED}`],
  // tokens known by their form: Slack, GitHub, GitLab, OpenAI and the like, Google, AWS, npm, JSON web tokens
  [/\bxox[a-z]-[A-Za-z0-9-]{8,}/g, REDACTED],
  [/\b(?:gh[pousr]_|github_pat_|glpat-|npm_)[A-Za-z0-9_-]{16,}/g, REDACTED],
  [/\bsk-[A-Za-z0-9_-]{16,}/g, REDACTED],
  [/\bya29\.[A-Za-z0-9._-]{16,}/g, REDACTED],
  [/\bAIza[A-Za-z0-9_-]{30,}/g, REDACTED],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, REDACTED],
  [/\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]+)?/g, REDACTED],
  // a whole header of them
  [/((?<![A-Za-z])(?:set-)?cookie["']?\s{0,3}[=:]\s{0,3})(?!\[redacted\])[^\r\n"']{2,4000}/gi, `$1${REDACTED}`],
  // authorization: …, "password": "…", API_KEY=…
  [/((?:(?<![A-Za-z])(?:pass|pwd|bearer)|token|secret|passw(?:or)?d|passphrase|authorization|api[-_ ]?key|access[-_]?key|private[-_]?key|cookie|webhook(?:[-_ ]?url)?)["']?\s{0,3}[=:]\s{0,3})(?!\[redacted\])(?:(?:Bearer|Basic|Digest|Negotiate|Token|ApiKey) +)?(?:"(?:[^"\\\n]|\\.){1,2000}"|'(?:[^'\\\n]|\\.){1,2000}'|[^\s"',;&)}\]]{2,})/gi, `$1${REDACTED}`],
  [/\b(Bearer|Basic|Digest|Negotiate) +(?!\[redacted\])[A-Za-z0-9._~+/=:,-]{6,}/g, `$1 ${REDACTED}`],
];

/**
 * The text without what looks like a secret.
 * @example redactText('GET https://u:p@host/?token=abc') // 'GET https://[redacted]@host/?token=[redacted]'
 */
export function redactText(text: string): string {
  let redacted = text;
  for (const [pattern, by] of PATTERNS) redacted = redacted.replace(pattern, by);
  return redacted;
}
