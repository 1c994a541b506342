"""Run a pure function on somebody's bytes in a process with hard limits that can be killed.

Whatever reads text from outside (Markdown, lists, bibliographies, two versions to compare) runs
here: a bad text can take only so much memory and time, and never the web server's or the worker's.
The limits do not rest on knowing which texts are bad.

`pool.Pool` keeps a few `process.Helper`s warm; each runs `helper.py`, which forks a child for the
work. `turns` shares them out fairly among members. Standard library only, no Django.
"""
