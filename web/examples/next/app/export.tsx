"use client";

import { type ExportStatus, generateExportConfig } from "multicam-export-client";
import type { ExportButton } from "multicam-export-client/button";
import { useEffect, useRef, useState } from "react";
import { EDIT } from "./edit";

/** The button; whatever the editor holds when somebody presses it is exported. */
export function Export({ baseUrl }: { baseUrl: string }) {
  const button = useRef<ExportButton>(null);
  const [seconds, setSeconds] = useState<number | null>(null);

  useEffect(() => {
    const element = button.current;
    if (!element) return;
    element.config = () => generateExportConfig(EDIT, { codec: "h264" }).config;
    const completed = (event: Event) => {
      const { startedAt, finishedAt } = (event as CustomEvent<ExportStatus>).detail;
      setSeconds((Date.parse(finishedAt ?? "") - Date.parse(startedAt ?? "")) / 1000);
    };
    element.addEventListener("export-completed", completed);
    // On the server there are no elements: the button is defined in the browser alone.
    void import("multicam-export-client/button");
    return () => element.removeEventListener("export-completed", completed);
  }, []);

  return (
    <>
      <export-button ref={button} base-url={baseUrl} storage-key="episode-12" />
      {seconds !== null && <p id="took">It took {seconds.toFixed(0)} s.</p>}
    </>
  );
}
