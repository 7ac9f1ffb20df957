// What the editor makes visible of our Markdown: the usual marks, the front matter, and the lines of blocks (///).

import {
  HighlightStyle,
  Language,
  TaskList,
  defineLanguageFacet,
  parser,
  syntaxHighlighting,
  tags,
} from "../vendor/codemirror/codemirror.js";

const FENCE = "---";
const BLOCK = "///";

/** From the first line to the line that closes it. Without one the whole text is front matter, and looks like it. */
const frontMatter = {
  name: "FrontMatter",
  before: "HorizontalRule",
  parse(cx, line) {
    if (cx.lineStart !== 0 || line.text.trimEnd() !== FENCE) return false;
    let end = line.text.length;
    let isOpen = true;
    while (isOpen && cx.nextLine()) {
      end = cx.lineStart + line.text.length;
      isOpen = line.text.trimEnd() !== FENCE;
    }
    if (!isOpen) cx.nextLine();
    cx.addElement(cx.elt("FrontMatter", 0, end));
    return true;
  },
};

const isBlockLine = (line) => line.text.startsWith(BLOCK, line.pos);

const blockLine = {
  name: "BlockLine",
  before: "HorizontalRule",
  endLeaf: (_cx, line) => isBlockLine(line),
  parse(cx, line) {
    if (!isBlockLine(line)) return false;
    cx.addElement(cx.elt("BlockLine", cx.lineStart + line.pos, cx.lineStart + line.text.length));
    cx.nextLine();
    return true;
  },
};

const ours = {
  defineNodes: [
    { name: "FrontMatter", block: true, style: tags.meta },
    { name: "BlockLine", block: true, style: tags.keyword },
  ],
  parseBlock: [frontMatter, blockLine],
};

const colours = HighlightStyle.define([
  { tag: [tags.heading, tags.strong], fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: [tags.monospace, tags.string], color: "var(--string)" },
  { tag: [tags.link, tags.url], color: "var(--link)" },
  { tag: tags.keyword, color: "var(--keyword)", fontWeight: "700" },
  { tag: [tags.meta, tags.labelName], color: "var(--name)" },
  { tag: tags.atom, color: "var(--name)", fontWeight: "700" },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.comment], color: "var(--soft)" },
]);

export const markdown = [
  new Language(defineLanguageFacet(), parser.configure([TaskList, ours]), [], "markdown"),
  syntaxHighlighting(colours),
];
