/** The page's frame: its tabs by the address's hash, and what lies over all of them. */
import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { recallKey } from "./api/key.ts";
import { Editor } from "./editor/editor.tsx";
import { ExportDialog } from "./exports/export-dialog.tsx";
import { ExportView } from "./exports/export-view.tsx";
import { ExportsView } from "./exports/exports-view.tsx";
import { Button } from "./look/button.tsx";
import { type Route, routeOf } from "./route.ts";
import { edit, remember } from "./session.ts";
import { SourcesPanel } from "./sources/sources-panel.tsx";

const route = signal<Route>(routeOf(location.hash));

export function App() {
  useEffect(() => {
    recallKey();
    const follow = () => {
      route.value = routeOf(location.hash);
    };
    addEventListener("hashchange", follow);
    const forget = remember();
    return () => {
      removeEventListener("hashchange", follow);
      forget();
    };
  }, []);
  return (
    <>
      <header class="app-head">
        <h1 class="app-name">Multicam</h1>
        <nav class="app-tabs" aria-label="Views">
          <Tab href="#/" is={route.value.view === "cut"} words="Cut" />
          <Tab href="#/exports" is={route.value.view !== "cut"} words="Exports" />
        </nav>
      </header>
      <main class="app-main">
        <View />
      </main>
    </>
  );
}

function View() {
  switch (route.value.view) {
    case "cut":
      return <Cut />;
    case "exports":
      return <ExportsView />;
    case "export":
      return <ExportView id={route.value.id} key={route.value.id} />;
  }
}

function Cut() {
  const [exporting, setExporting] = useState(false);
  return (
    <>
      <SourcesPanel />
      {edit.value && (
        <>
          <Editor />
          <Button kind="main" onClick={() => setExporting(true)}>
            Export…
          </Button>
          {exporting && <ExportDialog onClose={() => setExporting(false)} />}
        </>
      )}
    </>
  );
}

function Tab({ href, is, words }: { href: string; is: boolean; words: string }) {
  return (
    <a class="app-tab" href={href} aria-current={is ? "page" : undefined}>
      {words}
    </a>
  );
}
