"""The sample tool as a function of each language that runs it."""

import re

from catalog.snippets import sample_values as known

_ARGUMENT, _VALUE = next(iter(known.TOOL_ARGUMENTS.items()))
JAVASCRIPT_TOOL = re.sub("_([a-z])", lambda letter: letter[1].upper(), known.TOOL)
TYPED_ARGUMENTS = f"{{ {_ARGUMENT}: string }}"
PYTHON_FUNCTION = f"""\
def {known.TOOL}({_ARGUMENT}):
    return f"{known.TOOL_RESULT.replace(_VALUE, f"{{{_ARGUMENT}}}")}"
"""
JAVASCRIPT_FUNCTION = f"""\
function {JAVASCRIPT_TOOL}({{ {_ARGUMENT} }}«: {TYPED_ARGUMENTS}») {{
  return `{known.TOOL_RESULT.replace(_VALUE, f"${{{_ARGUMENT}}}")}`;
}}
"""
