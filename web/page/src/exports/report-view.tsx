/** The report of a finished export: a picture, what it proves, and a table for those who read. */
import { useState } from "preact/hooks";
import type { Report } from "../api/exports.ts";
import { timecode } from "../edit/timecode.ts";
import { Button } from "../look/button.tsx";
import { Causes, Warnings } from "./causes.tsx";
import { ProgrammeBar } from "./programme-bar.tsx";
import { meaningOf } from "./reasons.ts";
import { saveText } from "./save-text.ts";
import { verdictOf } from "./verdict.ts";

/** A table of thousands of rows takes a browser seconds. */
const ROWS = 100;

export function ReportView({ report }: { report: Report }) {
  const verdict = verdictOf(report);
  return (
    <article class="panel report" aria-labelledby="report-title">
      <h3 id="report-title" class="report-headline">
        {verdict.headline}
      </h3>
      <ProgrammeBar segments={report.segments} totals={report.totals} />
      <ul class="proof">
        {verdict.proof.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <Causes causes={verdict.causes} />
      <Warnings warnings={verdict.warnings} />
      <h3>The file</h3>
      <p>{verdict.file}</p>
      <p>{verdict.sound}</p>
      <p class="small soft">
        SHA-256 <span class="mono checksum">{report.output.sha256}</span>
      </p>
      <h3>Shot by shot</h3>
      <Shots report={report} />
      <div class="row">
        <Button
          onClick={() => saveText(`${report.jobId}.report.json`, JSON.stringify(report, null, 2))}
        >
          Save the report (JSON)
        </Button>
      </div>
    </article>
  );
}

function Shots({ report: { segments, output } }: { report: Report }) {
  const [most, setMost] = useState(ROWS);
  const [above = 30, below = 1] = output.rate.split("/").map(Number);
  const rate = { num: above, den: below };
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <section class="table-frame" tabIndex={0} aria-label="Shots">
        <table>
          <thead>
            <tr>
              <th scope="col">Shot</th>
              <th scope="col">From</th>
              <th scope="col">Camera</th>
              <th scope="col">Its frames</th>
              <th scope="col" class="number">
                Copied
              </th>
              <th scope="col" class="number">
                Made anew
              </th>
              <th scope="col" class="number">
                Black
              </th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {segments.slice(0, most).map((shot) => (
              <tr key={shot.index}>
                <th scope="row">{shot.index + 1}</th>
                <td class="mono">{timecode(shot.programStart, rate)}</td>
                <td>{shot.sourceName}</td>
                <td class="mono">
                  {shot.firstFrame === null ? "none" : `${shot.firstFrame} to ${shot.lastFrame}`}
                </td>
                <td class="number">{shot.copiedFrames ?? 0}</td>
                <td class="number">{shot.convertedFrames ?? 0}</td>
                <td class="number">{shot.blackFrames ?? 0}</td>
                <td>{whyOf(shot)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {segments.length > most && (
        <Button small onClick={() => setMost(most + 10 * ROWS)}>
          {`Show more of ${segments.length} shots`}
        </Button>
      )}
    </>
  );
}

function whyOf({ sourceName, reasons = [] }: Report["segments"][number]): string {
  return [...new Set(reasons.map((reason) => meaningOf(sourceName, reason).words))].join("; ");
}
