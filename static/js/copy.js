// Gives every code sample a copy button. Without JavaScript there is none, and the text can be selected as always.

const said = { done: "Copied", failed: "Selected: press Ctrl+C or ⌘C" };

/** Where there is no clipboard (plain http on a classroom's network), the old command copies a selection. */
async function copy(text, code) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return said.done;
    } catch {
      // Refused: the selection below still works.
    }
  }
  const range = document.createRange();
  range.selectNodeContents(code);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return document.execCommand("copy") ? said.done : said.failed;
}

for (const pre of document.querySelectorAll(".highlight pre")) {
  const code = pre.querySelector("code") ?? pre;
  const button = document.createElement("button");
  const status = document.createElement("span");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  status.className = "copy-status";
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    status.textContent = "";
    status.textContent = await copy(code.textContent, code);
    setTimeout(() => (status.textContent = ""), 4000);
  });
  pre.parentElement.append(button, status);
}
