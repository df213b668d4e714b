/** Where the page begins. */
import { render } from "preact";
import { App } from "./app.tsx";
import { remember } from "./session.ts";
import "./look/tokens.css";
import "./look/base.css";
import "./look/app.css";

const root = document.getElementById("page");
remember();
if (root) render(<App />, root);
