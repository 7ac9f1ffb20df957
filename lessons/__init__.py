"""The catalog of content/, and the rendering of its Markdown."""
