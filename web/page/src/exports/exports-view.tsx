/** All exports, and how they go. */
import { useComputed, useSignal } from "@preact/signals";
import type { ExportStatus } from "multicam-export-client";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { Button } from "../look/button.tsx";
import { Progress } from "../look/progress.tsx";
import { hrefOfExport } from "../route.ts";
import { Actions } from "./actions.tsx";
import "./exports.css";
import { openList } from "./list.ts";
import { visible } from "./listing.ts";
import { nameOf } from "./names.ts";
import { type Action, rest, rowOf } from "./rows.ts";

export function ExportsView() {
  const list = useMemo(openList, []);
  useEffect(() => list.close, [list]);
  const showsCancelled = useSignal(false);
  const cancelledHere = useSignal<ReadonlySet<string>>(new Set());
  const rows = useComputed(
    () =>
      list.exports.value && visible(list.exports.value, showsCancelled.value, cancelledHere.value),
  );

  function changed(status: ExportStatus, action: Action): void {
    if (action === "cancel") cancelledHere.value = new Set([...cancelledHere.value, status.jobId]);
    if (action === "delete") {
      cancelledHere.value = new Set([...cancelledHere.value].filter((id) => id !== status.jobId));
    }
    list.note(status);
  }

  return (
    <section class="exports" aria-labelledby="exports-title">
      <div class="exports-head">
        <h2 id="exports-title">Exports</h2>
        <label class="row small">
          <input
            type="checkbox"
            checked={showsCancelled.value}
            onChange={(event) => {
              showsCancelled.value = event.currentTarget.checked;
            }}
          />
          Show cancelled and deleted ones
        </label>
      </div>
      {list.trouble.value && (
        <p class="bad" role="alert">
          {list.trouble.value}
        </p>
      )}
      {rows.value === null && !list.trouble.value && <p role="status">Asking…</p>}
      {rows.value?.length === 0 && (
        <p class="panel">
          Nothing has been exported yet. <a href="#/">Cut a programme</a>, then press Export.
        </p>
      )}
      <ol class="exports-list">
        {rows.value?.map((status) => (
          <ExportRow key={status.jobId} status={status} onChange={changed} />
        ))}
      </ol>
      {list.hasMore.value && <Button onClick={() => void list.more()}>Show older ones</Button>}
    </section>
  );
}

interface ExportRowProps {
  status: ExportStatus;
  onChange: (status: ExportStatus, action: Action) => void;
}

function ExportRow({ status, onChange }: ExportRowProps) {
  const item = useRef<HTMLLIElement>(null);
  const row = rowOf(status);
  const name = nameOf(status.jobId);
  return (
    <li class={`panel export-row tone-${row.tone}`} ref={item} tabIndex={-1}>
      <div class="export-row-head">
        <a class="export-name" href={hrefOfExport(status.jobId)}>
          {name}
        </a>
        <time class="soft small" dateTime={status.createdAt}>
          {when(status.createdAt)}
        </time>
      </div>
      {row.percent !== null && <Progress label={`Progress of ${name}`} value={row.percent / 100} />}
      <p class="export-words">
        <strong class="export-stage">{row.stage}</strong>
        {row.percent !== null && ` ${row.percent}\u00a0%`}
        <span class="soft">{rest(row)}</span>
      </p>
      {row.remedy && <p class="small">{row.remedy}</p>}
      <p class="hidden-text" role="status">
        {row.announcement && `${name}: ${row.announcement}`}
      </p>
      <Actions
        status={status}
        name={name}
        small
        onChange={(next, action) => {
          onChange(next, action);
          // What was pressed is gone, and the keyboard would be nowhere.
          item.current?.focus();
        }}
      />
    </li>
  );
}

/** A time as it is written here. */
export function when(iso: string): string {
  return new Date(iso).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}
