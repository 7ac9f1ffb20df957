// How the editor looks: CodeMirror's own colours give way to those of the site, which reach into the shadow root as
// variables (static/css/site.css), so light and dark need nothing here.

/** CodeMirror's words, where we have better ones. */
export const words = {
  next: "Next",
  previous: "Previous",
  "match case": "Match case",
  regexp: "Regular expression",
  "by word": "Whole words",
  replace: "Replace",
  "replace all": "Replace all",
  close: "Close the search",
};

// As high as a textarea of some 24 lines, and as a textarea it can be pulled higher.
const rules = `
:host { display: block; height: max(40rem, 75vh); min-height: 12rem; overflow: hidden; resize: vertical; border: 1px solid var(--soft); border-radius: 6px; background: var(--raised); color: var(--ink); }
:host(:focus-within) { outline: 3px solid var(--link); outline-offset: 2px; }
.cm-editor { height: 100%; }
.cm-editor.cm-focused { outline: none; }
.cm-editor .cm-scroller { font-family: var(--mono); font-size: .9375rem; line-height: 1.6; }
.cm-editor .cm-content { caret-color: var(--ink); padding-block: .5rem; }
.cm-editor .cm-line { padding-inline: .5rem; }
.cm-editor .cm-specialChar { color: var(--wrong); }

.cm-editor .cm-gutters { background: var(--code); color: var(--soft); border-color: var(--line); }
.signs { width: 1.4em; text-align: center; }
.sign { font-weight: 700; cursor: default; }
.problem { box-shadow: inset 3px 0 var(--mark); background: color-mix(in srgb, var(--mark) 9%, var(--raised)); }
.error { --mark: var(--wrong); }
.warning { --mark: var(--hold); }
.sign, .place .error, .place .warning { color: var(--mark); }

.cm-editor .cm-panels { background: var(--code); color: var(--ink); font: inherit; font-size: .88rem; line-height: 1.6; border-color: var(--line); z-index: 1; }
.place { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .2rem .6rem; color: var(--soft); }
.cm-editor .cm-panel.cm-search { display: flex; flex-wrap: wrap; gap: .4rem .6rem; align-items: center; padding: .5rem 2.6rem .5rem .6rem; }
.cm-editor .cm-panel.cm-search :is(input, button, label) { margin: 0; }
.cm-editor .cm-panel.cm-search label { display: flex; gap: .35rem; align-items: center; min-height: 1.6rem; font-size: inherit; }
.cm-editor .cm-panel.cm-search input[type=checkbox] { width: 1.1rem; height: 1.1rem; accent-color: var(--link); }
.cm-editor .cm-panel.cm-search br { display: block; content: ""; width: 100%; }
.cm-editor .cm-textfield { flex: 0 1 16rem; min-width: 8rem; padding: .2rem .5rem; font: inherit; background: var(--raised); color: var(--ink); border: 1px solid var(--soft); border-radius: 6px; }
.cm-editor .cm-textfield::placeholder { color: var(--soft); opacity: 1; }
.cm-editor :is(.cm-button, [name=close]) { min-height: 1.8rem; padding: 0 .7rem; font: inherit; background: var(--raised); color: var(--ink); border: 1px solid var(--soft); border-radius: 6px; cursor: pointer; }
.cm-editor .cm-panel.cm-search [name=close] { top: .5rem; right: .6rem; width: 1.8rem; padding: 0; }
.cm-editor .cm-panel.cm-search [name=select] { display: none; } /* it makes several cursors, and there is one */
.cm-editor .cm-panels :focus-visible { outline: 3px solid var(--link); outline-offset: 1px; }
.cm-editor .cm-searchMatch { background: var(--right-tint); outline: 1px solid var(--right); }
.cm-editor .cm-searchMatch-selected { outline-width: 3px; }

@media (max-width: 48rem) {
  :host { height: max(18rem, 60vh); }
  .cm-editor :is(.cm-scroller, .cm-textfield) { font-size: 1rem; } /* below 16 px a phone zooms in on what is typed into */
}
@media (forced-colors: active) {
  .problem { outline: 1px solid; outline-offset: -1px; }
  .problem.warning { outline-style: dashed; }
}
`;

export function look() {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  return sheet;
}
