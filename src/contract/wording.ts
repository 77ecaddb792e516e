/** LongCat's report of refused members: one `pointer: reason` line each (LongCat docs, Model Parameters). */
export function describeViolations(lines: readonly string[]): string {
  return `参数校验失败: \n${lines.map((line) => `${line}\n`).join('')}`;
}

/** The serving engine's words for too long a prompt; lengths in tokens. */
export function describeOverflow(tokens: number, contextLength: number): string {
  return `The input (${tokens} tokens) is longer than the model's context length (${contextLength} tokens).`;
}
