"""A second world of invented pages: what the reader makes of shapes that nobody wrote a rule for.

Three sets of kinds, each of which was scored before any of its pages was read, and mended after:

| set | kinds | papers | links | topics | members | years | venues | extra |
|---|---|---|---|---|---|---|---|---|
| learnt from, at first | 34 | 92 % | 87 % | 73 % | 85 % | 83 % | 77 % | 5 % |
| held out, after mending those | 33 | 90 % | 88 % | 67 % | 78 % | 81 % | 75 % | 7 % |
| fresh, after mending both | 18 | 89 % | 89 % | 62 % | 88 % | 64 % | 48 % | 3 % |

A kind that fails mostly fails whole, so that these are shares of shapes rather than of papers. To
measure again, write a further module of kinds, score it once, and add a line here.
"""
