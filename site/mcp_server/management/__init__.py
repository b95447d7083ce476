"""The command that runs the process of the tools."""
