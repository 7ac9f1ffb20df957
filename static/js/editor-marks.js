// The editor's marks of problems, and the line below the text: where the cursor is, and what is wrong with that line.
// A mark moves along with its line while the author types, until the next check replaces all of them.

import {
  Decoration,
  EditorView,
  GutterMarker,
  StateEffect,
  StateField,
  gutter,
  showPanel,
} from "../vendor/codemirror/codemirror.js";

const replace = StateEffect.define();

const marked = StateField.define({
  create: () => Decoration.none,
  update(marks, { changes, effects }) {
    for (const effect of effects) if (effect.is(replace)) return effect.value;
    return marks.map(changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** What is said about the line that begins at `from`: {isWarning, words}, or undefined. */
function said(state, from) {
  let found;
  state.field(marked).between(from, from, (_from, _to, { spec }) => {
    found = spec.said;
  });
  return found;
}

const areNew = ({ startState, state }) => startState.field(marked) !== state.field(marked);

class Sign extends GutterMarker {
  constructor({ isWarning, words }) {
    super();
    this.isWarning = isWarning;
    this.words = words;
  }

  eq(other) {
    return this.words === other.words && this.isWarning === other.isWarning;
  }

  toDOM() {
    const sign = document.createElement("span");
    sign.className = this.isWarning ? "sign warning" : "sign error";
    sign.textContent = this.isWarning ? "!" : "×";
    sign.title = this.words;
    return sign;
  }
}

function place(view) {
  const dom = document.createElement("div");
  const where = document.createElement("span");
  const what = document.createElement("span");
  dom.className = "place";
  what.setAttribute("role", "status"); // said when the cursor comes to a line that has a problem
  dom.append(where, " ", what);

  function show(state) {
    const { head } = state.selection.main;
    const { from, number, text } = state.doc.lineAt(head);
    const { words = "", isWarning } = said(state, from) ?? {};
    where.textContent = `Line ${number}, column ${[...text.slice(0, head - from)].length + 1}`;
    if (what.textContent !== words) what.textContent = words;
    what.className = words && (isWarning ? "warning" : "error");
  }

  show(view.state);
  return {
    dom,
    update(update) {
      if (update.docChanged || update.selectionSet || areNew(update)) show(update.state);
    },
  };
}

/** The extensions that hold and show the marks. */
export const marks = () => [
  marked,
  gutter({
    class: "signs",
    lineMarker(view, { from }) {
      const about = said(view.state, from);
      return about ? new Sign(about) : null;
    },
    lineMarkerChange: areNew,
  }),
  showPanel.of(place),
];

/** Shows these problems and no others: [{line, message, warning}], lines from 1. A line past the end is the last one. */
export function mark(view, problems) {
  const { doc } = view.state;
  const lines = new Map();
  for (const { line, message, warning } of problems) {
    const { from } = doc.line(Math.min(Math.max(line || 1, 1), doc.lines));
    const { words, isWarning = true } = lines.get(from) ?? {};
    const more = `${warning ? "Warning" : "Error"}: ${message}`;
    lines.set(from, { words: words ? `${words} ${more}` : more, isWarning: isWarning && Boolean(warning) });
  }
  const found = [...lines].map(([from, about]) => {
    const kind = about.isWarning ? "warning" : "error";
    return Decoration.line({ class: `problem ${kind}`, said: about }).range(from);
  });
  view.dispatch({ effects: replace.of(Decoration.set(found, true)) });
}
