/** Why pictures are made anew, and what makes it less. */
import type { Cause } from "./reasons.ts";
import { count } from "./words.ts";

export function Causes({ causes }: { causes: readonly Cause[] }) {
  if (causes.length === 0) return null;
  return (
    <>
      <h3>Why some of it is made anew</h3>
      <ul class="causes">
        {causes.map(({ words, help, shots }) => (
          <li key={words}>
            {words} <span class="soft small">({count(shots, "shot")})</span>
            {help && <span class="cause-help">{help}</span>}
          </li>
        ))}
      </ul>
    </>
  );
}

export function Warnings({ warnings }: { warnings: readonly string[] }) {
  if (warnings.length === 0) return null;
  return (
    <>
      <h3>Good to know</h3>
      <ul class="warnings">
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
      </ul>
    </>
  );
}
