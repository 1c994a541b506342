"""The meeting while it runs: verdicts, minutes, actions agreed on."""
