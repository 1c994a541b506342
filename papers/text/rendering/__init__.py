"""Turn Markdown into safe HTML: the stages behind `papers.text.markdown`."""
