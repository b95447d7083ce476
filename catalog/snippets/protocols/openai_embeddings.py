"""OpenAI's Embeddings API."""

from catalog.snippets import sample_values as known
from catalog.snippets.constraints import parameter
from catalog.snippets.protocol import BATCH, Dialect, Elsewhere, Field, Form
from catalog.snippets.sdk_calls import JavascriptSdk, PythonSdk

_PYTHON = PythonSdk(
    "openai",
    "from openai import OpenAI",
    "OpenAI",
    "response = client.embeddings.create",
    frozenset({"model", "input", "encoding_format"}),
    "print(response.data[0].embedding)\n",
    shows={BATCH: "for item in response.data:\n    print(item.index, item.embedding)\n"},
)
_JAVASCRIPT = JavascriptSdk(
    "openai",
    "OpenAI",
    "const response = await client.embeddings.create",
    "console.log(response.data[0]?.embedding);\n",
    shows={BATCH: "for (const item of response.data) console.log(item.index, item.embedding);\n"},
)
_NAMED = {
    "dimensions": Field("integer", "Length of the vector."),
    "encoding_format": Field("string", "Form of the vectors: float for numbers, base64 for packed bytes."),
    "input": Field(None, "One text, several texts or tokens to embed."),
    "model": Field("string", "ID of the embedding model."),
    "user": Field("string", "Opaque ID of the end user for abuse detection."),
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
    forms={BATCH: Form({"input": list(known.EMBEDDING_INPUTS)})},
    sdk_path="/embeddings",
    python=_PYTHON,
    javascript=_JAVASCRIPT,
    answers="vectors",
    usage="openai",
    elsewhere=Elsewhere("openai", "embedding"),
)
