/** A menu of choices with its label. */
import { Field } from "../look/field.tsx";
import type { Choice } from "./choices.ts";

interface SelectProps<T extends string> {
  label: string;
  field: string;
  among: readonly Choice<T>[];
  value: T;
  hint?: string | null;
  isFixed?: boolean;
  onChoose: (value: T) => void;
}

export function Select<T extends string>(props: SelectProps<T>) {
  const { label, field, among, value, hint = null, isFixed = false, onChoose } = props;
  return (
    <Field label={label} hint={hint}>
      <select
        data-choice={field}
        value={value}
        disabled={isFixed}
        onChange={(event) => onChoose(event.currentTarget.value as T)}
      >
        {among.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Field>
  );
}
