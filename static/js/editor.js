// A textarea's place is taken by an editor (CodeMirror). The textarea stays in its form, out of sight, with the same text.
// The editor lives in a shadow root: there CodeMirror's styles are a style sheet made by script, which a policy without
// inline styles allows. Where no editor can be had, the textarea is what it was.

import {
  EditorState,
  EditorView,
  closeSearchPanel,
  findNext,
  findPrevious,
  highlightSpecialChars,
  history,
  historyKeymap,
  insertNewlineKeepIndent,
  keymap,
  lineNumbers,
  openSearchPanel,
  search,
  standardKeymap,
} from "../vendor/codemirror/codemirror.js";
import { look, words } from "./editor-look.js";
import { mark, marks } from "./editor-marks.js";
import { markdown } from "./editor-markdown.js";

const anywhere = "editor search-panel";
// Tab is left to the browser, so that a reader who came by keyboard can leave by it.
const keys = [
  { key: "Mod-f", run: openSearchPanel, scope: anywhere },
  { key: "Escape", run: closeSearchPanel, scope: anywhere },
  { key: "F3", run: findNext, shift: findPrevious, scope: anywhere, preventDefault: true },
  { key: "Mod-g", run: findNext, shift: findPrevious, scope: anywhere, preventDefault: true },
  { key: "Enter", run: insertNewlineKeepIndent, shift: insertNewlineKeepIndent },
  ...historyKeymap,
  ...standardKeymap,
];

const within = (number, most) => Math.min(Math.max(Math.trunc(number) || 1, 1), most);

/** How far a column is into its line. Columns count characters, as Python does; JavaScript's count some of them twice. */
const offset = (line, column) => [...line].slice(0, Math.max(column - 1, 0)).join("").length;

/** For a browser that is too old: the same handles, on the textarea. */
function asItIs(textarea) {
  return {
    mark() {},
    goTo(line, column = 1) {
      const lines = textarea.value.split("\n");
      const index = within(line, lines.length) - 1;
      const at = lines.slice(0, index).join("\n").length + (index && 1) + offset(lines[index], column);
      textarea.focus();
      textarea.setSelectionRange(at, at);
    },
    focus: () => textarea.focus(),
    get text() {
      return textarea.value;
    },
  };
}

/**
 * Puts an editor in the place of a textarea that has a label, and returns what the page does with it:
 * `mark(problems)` shows problems ({line, column, message, warning}, from 1) in place of those shown before;
 * `goTo(line, column)` puts the cursor there, from 1, at most at the end, and scrolls to it;
 * `focus()`; and `text`, which is the textarea's value too. Each change is an "input" event of the textarea.
 */
export function edit(textarea) {
  if (!("adoptedStyleSheets" in Document.prototype)) return asItIs(textarea);
  const labels = [...textarea.labels];
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });

  function keepInStep({ docChanged, state }) {
    const text = docChanged && state.doc.toString();
    if (!docChanged || text === textarea.value) return;
    textarea.value = text;
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const view = new EditorView({
    doc: textarea.value, // which may be what the browser kept over Back, not what the page came with
    parent: root,
    extensions: [
      marks(),
      lineNumbers(),
      highlightSpecialChars(),
      history(),
      search({ top: true }),
      EditorState.phrases.of(words),
      markdown,
      keymap.of(keys),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        "aria-label": labels.map((label) => label.textContent.trim()).join(" ") || textarea.ariaLabel || "Text",
        autocapitalize: "sentences",
        autocorrect: "on",
        spellcheck: "true",
        tabindex: "0", // it can be reached as it is, but not every checker knows that
      }),
      EditorView.updateListener.of(keepInStep),
    ],
  });
  root.adoptedStyleSheets.push(look());

  // What is typed into the search fields is no change of the text, and what is typed into the text is told once.
  host.addEventListener("input", (event) => event.stopPropagation());
  for (const label of labels) label.addEventListener("click", () => view.focus());

  function takeOver() {
    if (textarea.value === view.state.doc.toString()) return;
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: textarea.value } });
  }
  addEventListener("pageshow", takeOver); // some browsers put back what was typed only now
  textarea.form?.addEventListener("reset", () => setTimeout(takeOver)); // which is told before it is done

  host.className = "editor";
  textarea.after(host);
  textarea.hidden = true;
  return {
    mark: (problems) => mark(view, problems),
    goTo(line, column = 1) {
      const { from, text } = view.state.doc.line(within(line, view.state.doc.lines));
      const at = from + offset(text, column);
      view.focus();
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    },
    focus: () => view.focus(),
    get text() {
      return view.state.doc.toString();
    },
  };
}
