interface ProgressProps {
  /** What goes on, for screen readers. */
  label: string;
  /** 0 to 1; null where nobody knows. */
  value: number | null;
}

/** A bar. */
export function Progress({ label, value }: ProgressProps) {
  return <progress class="progress" aria-label={label} max={1} value={value ?? undefined} />;
}
