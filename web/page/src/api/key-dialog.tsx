/** Asks for the API key. */
import { useState } from "preact/hooks";
import { Button } from "../look/button.tsx";
import { Dialog } from "../look/dialog.tsx";
import { Field } from "../look/field.tsx";
import { keys } from "../session.ts";

const WHY = {
  needed: "This service wants to know who asks. You get the key from whoever runs it.",
  refused: "The service does not know this key, or does not know it any more. Give another one.",
};

export function KeyDialog() {
  const asking = keys.asking.value;
  const [key, setKey] = useState("");
  const [onThisComputer, setOnThisComputer] = useState(false);
  if (asking !== "needed" && asking !== "refused") return null;
  return (
    <Dialog title="Enter your key" onClose={() => keys.decline()}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!key.trim()) return;
          keys.give(key, onThisComputer);
          setKey("");
        }}
      >
        <p role={asking === "refused" ? "alert" : undefined}>{WHY[asking]}</p>
        <Field label="Key">
          <input
            type="password"
            autocomplete="off"
            spellcheck={false}
            required
            value={key}
            onInput={(event) => setKey(event.currentTarget.value)}
          />
        </Field>
        <label class="row">
          <input
            type="checkbox"
            checked={onThisComputer}
            onChange={(event) => setOnThisComputer(event.currentTarget.checked)}
          />
          Remember on this computer
        </label>
        <div class="row row-end">
          <Button kind="main" type="submit">
            Go on
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
