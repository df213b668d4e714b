/** One export: how it goes, and the proof of it. */
import { ExportError, type ExportStatus, watchExport } from "multicam-export-client";
import { useEffect, useRef, useState } from "preact/hooks";
import { sentenceOf } from "../api/ask.ts";
import { type Report, reportOf } from "../api/exports.ts";
import { Progress } from "../look/progress.tsx";
import { service } from "../session.ts";
import { Actions } from "./actions.tsx";
import "./exports.css";
import { when } from "./exports-view.tsx";
import { nameOf } from "./names.ts";
import { remedyFor } from "./remedies.ts";
import { ReportView } from "./report-view.tsx";
import { rest, rowOf } from "./rows.ts";

export function ExportView({ id }: { id: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const [run, setRun] = useState(0);
  const { status, trouble, setStatus } = useStatus(id, run);
  const name = nameOf(id);
  return (
    <section class="export" aria-labelledby="export-title">
      <p>
        <a href="#/exports">All exports</a>
      </p>
      <h2 id="export-title" ref={heading} tabIndex={-1}>
        {name}
      </h2>
      {trouble && (
        <p class="bad" role="alert">
          {trouble}
        </p>
      )}
      {status && (
        <div class="panel export-card">
          <HowItGoes status={status} name={name} />
          <Actions
            status={status}
            name={name}
            onChange={(next, action) => {
              if (action === "delete") {
                location.hash = "#/exports";
                return;
              }
              setStatus(next);
              if (action === "retry") setRun(run + 1);
              heading.current?.focus();
            }}
          />
        </div>
      )}
      {!status && !trouble && <p role="status">Asking…</p>}
      {status?.status === "completed" && <Proof id={id} />}
    </section>
  );
}

function HowItGoes({ status, name }: { status: ExportStatus; name: string }) {
  const row = rowOf(status);
  return (
    <>
      <p class={`export-words tone-${row.tone}`}>
        <strong class="export-stage">{row.stage}</strong>
        {row.percent !== null && ` ${row.percent}\u00a0%`}
        {rest(row)}
      </p>
      {row.percent !== null && <Progress label={`Progress of ${name}`} value={row.percent / 100} />}
      {row.remedy && <p>{row.remedy}</p>}
      {status.status === "processing" && status.segmentsTotal > 0 && (
        <p class="soft small">
          {status.segmentsDone} of {status.segmentsTotal} shots are made.
        </p>
      )}
      <p class="soft small">
        Asked for <time dateTime={status.createdAt}>{when(status.createdAt)}</time>
        {status.attempt > 1 && `, run ${status.attempt}`}
        {name !== status.jobId && `, id ${status.jobId}`}
      </p>
      <p class="hidden-text" role="status">
        {row.announcement || (row.tone === "good" ? `${name} is ready.` : "")}
      </p>
    </>
  );
}

/** How the export stands; watched anew for each `run`. */
function useStatus(id: string, run: number) {
  const [status, setStatus] = useState<ExportStatus | null>(null);
  const [trouble, setTrouble] = useState("");
  // A retry begins another run.
  useEffect(() => {
    const ended = new AbortController();
    void watch(ended.signal);
    return () => ended.abort();
  }, [id, run]);
  return { status, trouble, setStatus };

  async function watch(signal: AbortSignal): Promise<void> {
    const onTrouble = (error: ExportError) => setTrouble(sentenceOf(error));
    try {
      for await (const now of watchExport(id, { service: service.peek(), signal, onTrouble })) {
        setTrouble("");
        setStatus(now);
      }
    } catch (error) {
      if (signal.aborted) return;
      const help = error instanceof ExportError ? remedyFor(error.code) : "";
      setTrouble(`${sentenceOf(error)} ${help}`.trim());
    }
  }
}

function Proof({ id }: { id: string }) {
  const [report, setReport] = useState<Report | null>(null);
  const [trouble, setTrouble] = useState("");
  useEffect(() => {
    const ended = new AbortController();
    reportOf(id, { signal: ended.signal }).then(setReport, (error) => {
      if (!ended.signal.aborted) setTrouble(sentenceOf(error));
    });
    return () => ended.abort();
  }, [id]);
  if (trouble) return <p class="bad">{trouble}</p>;
  return report ? <ReportView report={report} /> : <p role="status">Fetching the report…</p>;
}
