/** What the keys do. */
import { Dialog } from "../look/dialog.tsx";
import { HELP } from "../player/keys.ts";

export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      {HELP.map(({ title, rows }) => (
        <section key={title}>
          <h3>{title}</h3>
          <dl class="keys">
            {rows.map(([keys, words]) => (
              <div key={keys}>
                <dt>
                  <kbd>{keys}</kbd>
                </dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <p class="small soft">
        A key you press while it plays switches at the frame you see. From then on, cuts that you
        pass are replaced, until you stop or press Esc. With the mouse: drag a cut in the timeline
        to move it; hold Ctrl and turn the wheel to zoom.
      </p>
    </Dialog>
  );
}
