/** What a dry run found, as a picture and in words. */
import { Progress } from "../look/progress.tsx";
import { Causes, Warnings } from "./causes.tsx";
import type { Choices } from "./choices.ts";
import { outlookOf } from "./outlook.ts";
import type { Planning } from "./planning.ts";
import { ProgrammeBar } from "./programme-bar.tsx";

interface OutlookViewProps {
  planning: Exclude<Planning, { phase: "refused" }>;
  choices: Choices;
  /** What the edit itself gives to know. */
  warnings: readonly string[];
}

export function OutlookView({ planning, choices, warnings }: OutlookViewProps) {
  if (planning.phase === "planning") {
    return (
      <>
        <p>Looking into the cameras' files…</p>
        <Progress label="Planning" value={null} />
      </>
    );
  }
  const { plan } = planning.preview;
  const outlook = outlookOf(planning.preview, choices);
  return (
    <>
      <p class="outlook-work">{outlook.work}</p>
      <p>{outlook.file}</p>
      <ProgrammeBar segments={plan.segments} totals={plan.totals} />
      <p>{outlook.shares}</p>
      <p>{outlook.sound}</p>
      <Causes causes={outlook.causes} />
      <Warnings warnings={[...warnings, ...outlook.warnings]} />
    </>
  );
}
