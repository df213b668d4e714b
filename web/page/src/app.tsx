/** The page's frame: its tabs by the address's hash, and what lies over all of them. */
import { signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { KeyDialog } from "./api/key-dialog.tsx";
import { Editor } from "./editor/editor.tsx";
import { ExportDialog } from "./exports/export-dialog.tsx";
import { ExportView } from "./exports/export-view.tsx";
import { ExportsView } from "./exports/exports-view.tsx";
import { Button } from "./look/button.tsx";
import { type Route, routeOf } from "./route.ts";
import { edit, keys } from "./session.ts";
import { SourcesPanel } from "./sources/sources-panel.tsx";

const route = signal<Route>(routeOf(location.hash));

const holdBack = (event: Event) => event.preventDefault();

export function App() {
  useEffect(() => {
    const follow = () => {
      route.value = routeOf(location.hash);
    };
    addEventListener("hashchange", follow);
    // A file that is dropped beside its place would be opened by the browser, and the page be gone.
    for (const kind of ["dragover", "drop"]) addEventListener(kind, holdBack);
    return () => {
      removeEventListener("hashchange", follow);
      for (const kind of ["dragover", "drop"]) removeEventListener(kind, holdBack);
    };
  }, []);
  const { view } = route.value;
  useEffect(() => {
    document.title = view === "cut" ? "Cut: Multicam" : "Exports: Multicam";
  }, [view]);
  return (
    <>
      <header class="app-head">
        <h1 class="app-name">Multicam</h1>
        <nav class="app-tabs" aria-label="Views">
          <Tab href="#/" is={view === "cut"} words="Cut" />
          <Tab href="#/exports" is={view !== "cut"} words="Exports" />
        </nav>
        <div class="app-more">
          {keys.asking.value === "declined" && (
            <Button small onClick={() => keys.offer()}>
              Enter a key…
            </Button>
          )}
          <a class="small" href="/docs">
            API
          </a>
          <ExportButton />
        </div>
      </header>
      <main class="app-main">
        <View />
      </main>
      <KeyDialog />
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
  return (
    <>
      <SourcesPanel />
      {edit.value && <Editor />}
    </>
  );
}

/** What one comes for in the end: at hand wherever the edit is scrolled to. */
function ExportButton() {
  const isOpen = useSignal(false);
  if (route.value.view !== "cut" || !edit.value) return null;
  return (
    <>
      <Button
        kind="main"
        onClick={() => {
          isOpen.value = true;
        }}
      >
        Export…
      </Button>
      {isOpen.value && (
        <ExportDialog
          onClose={() => {
            isOpen.value = false;
          }}
        />
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
