import type { ComponentChildren } from "preact";

interface FieldProps {
  label: string;
  hint?: string | null;
  error?: string | null;
  /** The input or select itself. */
  children: ComponentChildren;
}

/** A label with what is to be filled in, and what is to be said about it. */
export function Field({ label, hint, error, children }: FieldProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is the child
    <label class="field">
      <span class="field-label">{label}</span>
      {children}
      {hint && <span class="field-hint">{hint}</span>}
      {error && (
        <span class="field-error" role="alert">
          {error}
        </span>
      )}
    </label>
  );
}
