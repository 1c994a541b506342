"""Reading documents (`door`): bytes in, everything that is understood out. Pure: no network.

In the site's own processes only what they need of the result is imported; readers are not.
"""
