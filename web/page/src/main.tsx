/** Where the page begins. */

// Looks first: what components say of theirs comes after what is said of all.
import "./look/tokens.css";
import "./look/base.css";
import "./look/app.css";

import { render } from "preact";
import { App } from "./app.tsx";
import { remember } from "./session.ts";

const root = document.getElementById("page");
remember();
if (root) render(<App />, root);
