"""Names of members and papers within text: @ada and #12."""

import re

# A handle may hold any letters. One that begins in ASCII ends with ASCII, so that in Japanese,
# which sets no blanks, the words after @ada are not read as part of the name.
MENTION = (
    r"(?<![A-Za-z0-9_@/.&=+-])@(?P<handle>"
    r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9_])?(?![A-Za-z0-9_@])|[^\W\x00-\x7f][\w-]{0,63})"
)
PAPER = r"(?<![A-Za-z0-9_&#/@])#(?P<paper>[1-9][0-9]{0,8})(?![A-Za-z0-9_])"
REFERENCE = re.compile(f"{MENTION}|{PAPER}")
