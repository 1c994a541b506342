"""The whole suite on another day or in another zone, on this machine."""
