"""The table's second part: methods that pages lack, the admin panel, and what forms need."""

from __future__ import annotations

OTHER_METHODS = """
api/v1/papers/<key:pk>/claim                  DELETE        write/claimant
api/v1/papers/<key:pk>/vote                   PUT           write
api/v1/papers/<key:pk>/vote                   DELETE        write
api/v1/papers/<key:pk>/draft                  PUT           draft
"""
"""Doors by methods that pages do not have."""

PANEL = """
(index)          curators      curators
(jsi18n)         curators      -
(autocomplete)   -             -
(app)            curators      curators
changelist       curators      curators
add              -             -
change           curators      -
delete           admins        admins
history          curators      curators
"""
"""The admin panel, page by page of each table, where curators look and the rooms write."""

PANEL_TABLES = """
paper topic listing                   add         curators  curators
paper topic listing member lab        change      curators  curators
lab                                   delete      -         -
MACHINERY                             changelist  admins    admins
MACHINERY                             change      admins    -
MACHINERY                             delete      -         -
MACHINERY                             history     admins    admins
PRIVATE                               change      nobody    nobody
PRIVATE                               delete      -         -
PRIVATE                               history     nobody    nobody
"""
"""Tables that are written in the panel; of the machine, for administrators; and of one member
each, of which the panel shows nobody another's rows."""

GROUPS = {
    "MACHINERY": (
        "procrastinatejob searchdoc searchword throttle notificationmark apianswer archivejob"
        " removedlisting formerwebhook lookup lookupturn file zoterolibrary zoterocollection"
        " zoteroitem zoteroquestion zoterochange zoteronote"
    ),
    "PRIVATE": (
        "savedsearch apitoken chataccount bibliographylink issuefetch reviewlink reviewdraft"
        " readmark"
    ),
}

UPLOAD_HEAD = 'Content-Disposition: form-data; name="file"; filename="a.pdf"'
UPLOAD = f"--edge\r\n{UPLOAD_HEAD}\r\n\r\nx\r\n--edge--\r\n"

BODIES = {
    "POST follows/": "search=walls",
    "POST follows/removal/": "search=walls",
    "POST profile/bibliographies/": "search=walls&format=bibtex",
    "POST reviews/<key:pk>/versions/return/": "number=1",
    "POST agenda-items/<key:pk>/swap/": "to=ada",
    "POST api/v1/papers/<key:pk>/comments": '{"body": "Hm."}',
    "POST api/v1/papers/<key:pk>/experiments": '{"title": "Try it"}',
    "POST api/v1/papers/<key:pk>/review": '{"stamp": "0.0"}',
    "POST api/v1/papers/<key:pk>/files": UPLOAD,
    "PUT api/v1/papers/<key:pk>/draft": '{"stamp": "0.0", "summary": "Hm."}',
}
"""What is sent where an empty form names nothing."""
