"""OpenAI's Embeddings API."""

from catalog.snippets import sample_values as known
from catalog.snippets.constraints import parameter
from catalog.snippets.protocol import Dialect, Elsewhere, Field, JavascriptSdk, PythonSdk

_PYTHON = PythonSdk(
    "openai",
    "from openai import OpenAI",
    "OpenAI",
    "response = client.embeddings.create",
    frozenset({"model", "input", "encoding_format"}),
    "print(response.data[0].embedding)\n",
)
_JAVASCRIPT = JavascriptSdk(
    "openai",
    "OpenAI",
    "const response = await client.embeddings.create",
    "console.log(response.data[0]?.embedding);\n",
)
_NAMED = {
    "dimensions": Field("integer", "How many numbers each vector has."),
    "encoding_format": Field("string", "Whether the vectors come as numbers or packed in base64."),
    "input": Field(None, "What is embedded: a text, tokens, or a list of either."),
    "model": Field("string", "The ID of the model."),
    "user": Field("string", "An ID of the end user, to find misuse."),
}

DIALECT = Dialect(
    "openai-embeddings",
    calls=("/embeddings",),
    fields=(
        parameter("model", "string", required=True),
        # One text, several, or tokens: no single type.
        parameter("input", None, required=True),
        parameter("encoding_format", "string", enum=["float", "base64"]),
    ),
    # The SDKs ask for base64 on their own; said here, every language sends the same body.
    given=lambda: {"input": known.EMBEDDING_INPUT, "encoding_format": "float"},
    named=_NAMED,
    sdk_path="/embeddings",
    python=_PYTHON,
    javascript=_JAVASCRIPT,
    answers="vectors",
    usage="openai",
    elsewhere=Elsewhere("openai", "embedding"),
)
