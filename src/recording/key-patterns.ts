/** A form of secrets that can be told from other text. */
export interface KeyPattern {
  readonly name: string;
  /** With the flag `g`. What it must not follow keeps it out of the middle of words and of base64. */
  readonly pattern: RegExp;
  /** Whether it takes letters and digits, close together, for a match to be one: words have no digits. */
  readonly isMixed?: boolean;
}

/*
 * Forms as their issuers publish them, and as secret scanners know them. Each begins with letters of
 * its own, and none repeats a group: the time is linear in the text.
 */
export const keyPatterns: readonly KeyPattern[] = [
  {
    name: 'a LongCat key (ak_…)',
    pattern: /(?<![\w/+-])ak_[A-Za-z0-9]{20,64}(?!\w)/g,
    isMixed: true,
  },
  { name: 'an API key (sk-…)', pattern: /(?<![\w/+-])sk-[\w-]{20,256}/g, isMixed: true },
  {
    name: 'a Stripe key',
    pattern: /(?<![\w/+-])[sr]k_(?:live|test)_[A-Za-z0-9]{20,128}/g,
    isMixed: true,
  },
  { name: 'a bearer token', pattern: /\bbearer\s{1,4}[\w.~+/-]{20,4096}=*/gi, isMixed: true },
  {
    name: 'a JSON Web Token',
    pattern: /(?<![\w/+-])eyJ[\w-]{8,4096}\.eyJ[\w-]{8,8192}\.[\w-]{16,2048}/g,
  },
  { name: 'an AWS access key', pattern: /(?<![\w/+-])(?:AKIA|ASIA)[A-Z2-7]{16}(?![\w/+=-])/g },
  { name: 'a GitHub token', pattern: /(?<![\w/+-])gh[oprsu]_[A-Za-z0-9]{36,255}/g, isMixed: true },
  { name: 'a GitHub token', pattern: /(?<![\w/+-])github_pat_\w{50,255}/g, isMixed: true },
  { name: 'a GitLab token', pattern: /(?<![\w/+-])glpat-[\w-]{20,64}/g, isMixed: true },
  { name: 'a Google API key', pattern: /(?<![\w/+-])AIza[\w-]{35}(?![\w/+=-])/g },
  { name: 'a Google access token', pattern: /(?<![\w/+-])ya29\.[\w-]{30,1024}/g, isMixed: true },
  {
    name: 'a Slack token',
    pattern: /(?<![\w/+-])xox[abeoprs]-[A-Za-z0-9-]{10,255}/g,
    isMixed: true,
  },
  { name: 'a Hugging Face token', pattern: /(?<![\w/+-])hf_[A-Za-z]{34}(?!\w)/g },
  { name: 'a Groq key', pattern: /(?<![\w/+-])gsk_[A-Za-z0-9]{40,64}(?!\w)/g, isMixed: true },
  { name: 'an npm token', pattern: /(?<![\w/+-])npm_[A-Za-z0-9]{36}(?!\w)/g, isMixed: true },
  {
    name: 'a private key',
    pattern: /-----BEGIN (?:[A-Z]{1,12} ){0,3}PRIVATE KEY-----(?:\s|\\[nr]){0,8}(?=[\w+/=]{20})/g,
  },
];

/** Whether letters and digits stand together as in a key, and not apart as in a name. */
export function isMixed(text: string): boolean {
  return (text.match(/[A-Za-z0-9]{8,}/g) ?? []).some(
    (run) => /[A-Za-z]/.test(run) && (run.match(/\d/g) ?? []).length >= 2,
  );
}
