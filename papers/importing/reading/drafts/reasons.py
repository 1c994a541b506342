"""Why words of a document were left out, for the reader that says so and the page that shows it."""

REASONS = {
    "markup": "It only formats the text.",
    "label": "It names the field that stands behind it.",
    "contents": "It leads to places of this document.",
    "head": "It names the columns of a table.",
    "heading": "It says that papers follow.",
    "setting": "It is about the meeting, the file or the page.",
    "file": "It leads to a file beside the document, which cannot be opened from here.",
    "unclear": "It is neither a paper nor text about one.",
    "rest": "It stands beside a paper, but no field was found for it.",
}
"""Why words are left out, in the words that the preview shows."""
